using System.Runtime.CompilerServices;
using Batchwork.Http;

namespace Batchwork.Streaming;

/// <summary>
/// Fetches the hosted pictures of results as soon as the results are read, a few results ahead of whoever takes them: the links go stale, from their making on.
/// The order of the results stays.
/// </summary>
internal sealed class HostedImages(HostedImageFetcher fetcher)
{
    private const int MostAhead = 4;

    /// <summary>Results as the caller wants them: with their hosted pictures, or with the links.</summary>
    /// <param name="results">The results, whose sink is that of the options.</param>
    /// <param name="options">Whether pictures are fetched, and where they go.</param>
    /// <param name="calls">Gives the client for addresses that came in an answer.</param>
    /// <param name="endpoint">Where the results come from. Plain http is only taken from one that is itself called so: a gateway, or a server in tests.</param>
    /// <param name="settings">How long to wait.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static IAsyncEnumerable<BatchResult> Of(
        IAsyncEnumerable<BatchResult> results,
        ResultReadOptions options,
        ProviderCalls calls,
        ProviderEndpoint endpoint,
        BatchworkOptions settings,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (!options.FetchHosted)
        {
            return results;
        }

        var allowHttp = endpoint.Credentials.BaseUrl?.Scheme == Uri.UriSchemeHttp;
        var fetcher = new HostedImageFetcher(calls.Untrusted(endpoint.Credentials), options.Sink!, allowHttp, settings, time);
        return new HostedImages(fetcher).FetchAsync(results, cancellationToken);
    }

    /// <summary>Hands results on with their pictures.</summary>
    public async IAsyncEnumerable<BatchResult> FetchAsync(IAsyncEnumerable<BatchResult> results, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ahead = new Queue<Task<BatchResult>>();
        try
        {
            await foreach (var result in results.ConfigureAwait(false))
            {
                ahead.Enqueue(result.Images.Any(IsHosted) ? FetchAsync(result, stop.Token) : Task.FromResult(result));
                while (ahead.Count > MostAhead || (ahead.TryPeek(out var first) && first.IsCompleted))
                {
                    yield return await ahead.Dequeue().ConfigureAwait(false);
                }
            }

            while (ahead.TryDequeue(out var next))
            {
                yield return await next.ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            foreach (var left in ahead)
            {
                await DropAsync(left).ConfigureAwait(false);
            }
        }
    }

    private static bool IsHosted(BatchImage image) => image is { Content: null, Url: not null };

    private static async Task DropAsync(Task<BatchResult> left)
    {
        try
        {
            await (await left.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            // Nobody waits for it any more.
        }
    }

    private async Task<BatchResult> FetchAsync(BatchResult result, CancellationToken cancellationToken)
    {
        var images = new List<BatchImage>();
        BatchError? error = null;
        try
        {
            foreach (var image in result.Images)
            {
                var fetched = IsHosted(image) ? await fetcher.FetchAsync(image, cancellationToken).ConfigureAwait(false) : new HostedImage(image, null);
                images.Add(fetched.Image);
                error ??= fetched.Error;
            }
        }
        catch
        {
            await With(result, [.. images, .. result.Images.Skip(images.Count)], null).DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return With(result, images, images.All(i => i.Problem == ImageProblem.NotFetched) ? error : null);
    }

    // With an error there is no picture at all, but the request may be sent again.
    private static BatchResult With(BatchResult result, IReadOnlyList<BatchImage> images, BatchError? error) => new()
    {
        CustomId = result.CustomId,
        Status = error is null ? result.Status : BatchResultStatus.Errored,
        Outcome = error is null ? result.Outcome : ResultOutcome.Transient,
        Images = images,
        Text = result.Text,
        Usage = result.Usage,
        Error = error ?? result.Error,
        Raw = result.Raw,
        Position = result.Position,
    };
}
