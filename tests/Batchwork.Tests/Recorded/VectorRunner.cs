using Batchwork.Adapters;
using Batchwork.Http;
using Batchwork.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Batchwork.Tests.Recorded;

/// <summary>Does with the library what was done with the published one.</summary>
internal static class VectorRunner
{
    // A time at which the recorded batches were under way, all but the one that had expired.
    private static readonly DateTimeOffset s_recordedAt = new(2025, 10, 9, 12, 0, 0, TimeSpan.Zero);

    public static async Task<VectorOutcome> RunAsync(Vector vector, VectorServer server, CancellationToken cancellationToken)
    {
        server.Play(vector);
        using var transport = BatchTransport.ToNetwork(Options(), new HurriedTimeProvider());
        using var client = Client(vector, transport);
        var polled = new List<string>();
        var results = new List<SeenResult>();
        BatchJob? job = null;
        BatchSnapshot? cancelled = null;
        Exception? error = null;
        try
        {
            switch (vector.Category)
            {
                case "submit":
                    job = await client.SubmitAsync(VectorInput.Batch(vector, server.Origin), cancellationToken);
                    break;
                case "status":
                    (job, cancelled) = await StatusAsync(vector, client, server.Origin, polled, cancellationToken);
                    break;
                default:
                    await ReadAsync(vector, client, server.Origin, results, cancellationToken);
                    break;
            }
        }
        catch (Exception failure) when (failure is BatchworkException or TimeoutException)
        {
            error = failure;
        }

        return new VectorOutcome { Error = error, Job = job, Cancelled = cancelled, Polled = polled, Results = results, Calls = [.. server.Calls] };
    }

    private static async Task<(BatchJob? Job, BatchSnapshot? Cancelled)> StatusAsync(
        Vector vector,
        ImageBatchClient client,
        Uri origin,
        List<string> polled,
        CancellationToken cancellationToken)
    {
        var (provider, id, credentials) = Batch(vector, origin);
        var action = vector.Field("action")!.Value.GetString();
        if (action == "cancel")
        {
            return (null, await client.CancelBatchAsync(provider, id, credentials, cancellationToken));
        }

        var job = await client.GetBatchAsync(provider, id, credentials, cancellationToken);
        switch (action)
        {
            case "wait":
                await job.WaitAsync(
                    new BatchWaitOptions { Interval = TimeSpan.FromMilliseconds(1), OnPoll = s => polled.Add(Words.Of(s.Status ?? job.Status)) },
                    cancellationToken);
                break;
            case "job-cancel":
                await job.CancelAsync(cancellationToken);
                break;
        }

        return (job, null);
    }

    private static async Task ReadAsync(Vector vector, ImageBatchClient client, Uri origin, List<SeenResult> results, CancellationToken cancellationToken)
    {
        var (provider, id, credentials) = Batch(vector, origin);
        // The recorded client hands links on without following them.
        var options = new ResultReadOptions { FetchHosted = false };
        await foreach (var result in client.ReadResultsAsync(provider, id, options, credentials, cancellationToken))
        {
            await using (result)
            {
                results.Add(await SeenResult.OfAsync(result, cancellationToken));
            }
        }
    }

    private static (string Provider, string Id, BatchCredentials Credentials) Batch(Vector vector, Uri origin) =>
        (vector.Field("provider")!.Value.GetString()!, vector.Field("id")!.Value.GetString()!, VectorInput.Credentials(vector, origin));

    private static ImageBatchClient Client(Vector vector, IBatchTransport transport)
    {
        var environment = vector.Field("env")?.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()) ?? [];
        var time = new HurriedTimeProvider { Now = s_recordedAt };
        var adapters = BuiltInAdapters.All(new TransportSource(() => transport, _ => null), Options(), time, NullLoggerFactory.Instance);
        return new ImageBatchClient(
            new AdapterSource(provider => adapters.GetValueOrDefault(provider)),
            new CredentialSource(Options(), name => environment.GetValueOrDefault(name)),
            Options(),
            time);
    }

    private static BatchworkOptions Options() => new() { AllowPrivateAddresses = true, MaxRetryWait = TimeSpan.FromSeconds(30) };
}
