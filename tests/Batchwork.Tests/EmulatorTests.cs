using Batchwork.Adapters;
using Batchwork.Emulator;
using Batchwork.Emulator.Batches;
using Batchwork.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Tests;

/// <summary>The library against the emulator, which was written from the same facts and shares no line with it: what one side got wrong shows here.</summary>
public sealed class EmulatorTests
{
    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Providers => new()
    {
        { "openai/gpt-image-2", 1 },
        { "google/gemini-nano-banana-2.1", 1 },
        { "google/gemini-nano-banana-2.1", 20 },
        { "xai/grok-imagine-image", 1 },
        { "xai/grok-imagine-image", 20 },
    };

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Batch_FromSubmitToImages_IsWhole(string model, int requests)
    {
        await using var emulator = await StartAsync();
        using var services = Library(emulator);
        var client = services.GetRequiredService<ImageBatchClient>();

        var job = await client.SubmitAsync(Batch(emulator, model, requests, n: 2), Token);
        var results = new Dictionary<string, BatchResult>();
        await job.WaitAsync(new BatchWaitOptions { Interval = s_wait }, Token);
        await foreach (var result in job.ReadResultsAsync(cancellationToken: Token))
        {
            results.Add(result.CustomId, result);
            Assert.Equal(2, result.Images.Count);
            foreach (var image in result.Images)
            {
                Assert.StartsWith("image/", image.MediaType, StringComparison.Ordinal);
                Assert.NotEmpty(await image.ReadBytesAsync(cancellationToken: Token));
            }
        }

        Assert.Equal(BatchStatus.Completed, job.Status);
        Assert.Equal(requests, results.Count);
        Assert.All(results.Values, result => Assert.Equal(ResultOutcome.Succeeded, result.Outcome));
        Assert.Equal(1, emulator.Ledger.Read().Totals.Creates);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Create_AcceptedButUnanswered_IsFoundByItsTag(string model, int requests)
    {
        await using var emulator = await StartAsync();
        using var services = Library(emulator);
        var provider = model.Split('/')[0];
        emulator.Faults.Add($"{provider}.batches.create", "accept-then-drop");
        var batch = Batch(emulator, model, requests, n: 1) with { Tag = "bw1-abcdefgh-01jd0000000000000000000000" };

        var unknown = await Assert.ThrowsAsync<BatchOutcomeUnknownException>(
            () => services.GetRequiredService<ImageBatchClient>().SubmitAsync(batch, Token));
        var adapter = services.GetRequiredKeyedService<IBatchAdapter>(provider);
        var found = await adapter.FindByTagAsync(
            new BatchSearch(unknown.Tag!, unknown.InputFileId, TimeProvider.System.GetUtcNow().AddHours(-1)),
            batch.Credentials!,
            Token);

        Assert.Equal(emulator.Ledger.Read().Entries[^1].Id, Assert.Single(found).Id.Split('/')[^1]);
    }

    [Theory]
    [InlineData("openai/gpt-image-2")]
    [InlineData("google/gemini-nano-banana-2.1")]
    [InlineData("xai/grok-imagine-image")]
    public async Task Markers_OfFailure_EndAsTheOutcomesTheyStandFor(string model)
    {
        await using var emulator = await StartAsync();
        using var services = Library(emulator);
        var batch = Batch(emulator, model, 0, n: 1) with
        {
            Requests =
            [
                new() { CustomId = "refused", Prompt = "A fox [[refuse]]" },
                new() { CustomId = "refused-late", Prompt = "A fox [[refuse:output]]" },
                new() { CustomId = "invalid", Prompt = "A fox [[error:400]]" },
                new() { CustomId = "transient", Prompt = "A fox [[error:503]]" },
                new() { CustomId = "empty", Prompt = "A fox [[nodata]]" },
                new() { CustomId = "good", Prompt = "A fox" },
            ],
        };

        var job = await services.GetRequiredService<ImageBatchClient>().SubmitAsync(batch, Token);
        await job.WaitAsync(new BatchWaitOptions { Interval = s_wait }, Token);
        var outcomes = new SortedDictionary<string, ResultOutcome>(StringComparer.Ordinal);
        await foreach (var result in job.ReadResultsAsync(cancellationToken: Token))
        {
            outcomes.Add(result.CustomId, result.Outcome);
        }

        Assert.Equal(ResultOutcome.Refused, outcomes["refused"]);
        Assert.Equal(ResultOutcome.Refused, outcomes["refused-late"]);
        Assert.Equal(ResultOutcome.Invalid, outcomes["invalid"]);
        Assert.Equal(ResultOutcome.Transient, outcomes["transient"]);
        Assert.True(outcomes["empty"] is ResultOutcome.NoImage or ResultOutcome.Refused);
        Assert.Equal(ResultOutcome.Succeeded, outcomes["good"]);
    }

    private static Task<InMemoryEmulator> StartAsync() =>
        InMemoryEmulator.StartAsync(new EmulatorSettings { Schedule = BatchSchedule.Instant, Repeat = 2 }, null, Token);

    private static ServiceProvider Library(InMemoryEmulator emulator) => new ServiceCollection()
        .AddSingleton<IBatchTransport>(BatchTransport.Over(emulator.CreateHandler()))
        .AddBatchwork(options => options.AllowPrivateAddresses = true)
        .BuildServiceProvider();

    private static ImageBatch Batch(InMemoryEmulator emulator, string model, int requests, int n) => new()
    {
        Model = model,
        Requests = [.. Enumerable.Range(0, requests).Select(i => new ImageRequest { CustomId = $"row-{i}", Prompt = $"Fox {i}" })],
        Defaults = new ImageDefaults { N = n },
        Credentials = new BatchCredentials
        {
            ApiKey = "key",
            BaseUrl = model.Split('/')[0] switch { "google" => emulator.Google, "xai" => emulator.XAI, _ => emulator.OpenAI },
        },
    };
}
