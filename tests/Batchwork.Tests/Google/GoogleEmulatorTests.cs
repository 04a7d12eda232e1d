using Batchwork.Emulator;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Google;
using Batchwork.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Tests.Google;

/// <summary>What Google's API leaves open or has been seen to do in more than one way: the library takes it either way.</summary>
public sealed class GoogleEmulatorTests
{
    private static readonly BatchWaitOptions s_wait = new() { Interval = TimeSpan.FromMilliseconds(20) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<GoogleSettings, int> Ways => new()
    {
        { new GoogleSettings(), 3 },
        { new GoogleSettings(), 120 },
        { new GoogleSettings { ResultsIn = "response" }, 120 },
        { new GoogleSettings { ResultsIn = "metadata" }, 120 },
        { new GoogleSettings { ResultsAs = "inline" }, 120 },
        { new GoogleSettings { ResultsAs = "file" }, 3 },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Results_AnyWay_AreGatheredAndWhole(GoogleSettings way, int requests)
    {
        await using var emulator = await InMemoryEmulator.StartAsync(new EmulatorSettings { Schedule = BatchSchedule.Instant, Repeat = 2, Google = way }, null, Token);
        await using var services = new ServiceCollection().AddSingleton<IBatchTransport>(BatchTransport.Over(emulator.CreateHandler())).AddBatchwork().BuildServiceProvider();
        var job = await services.GetRequiredService<ImageBatchClient>().SubmitAsync(
            new ImageBatch
            {
                Model = "google/gemini-3-pro-image",
                Tag = "bw1-emulated",
                Requests = [.. Enumerable.Range(0, requests).Select(i => new ImageRequest { CustomId = $"row-{i}", Prompt = i == 1 ? "Fox [[refuse]]" : $"Fox {i}", N = i == 0 ? 3 : null })],
                Credentials = new BatchCredentials { ApiKey = "key", BaseUrl = emulator.Google },
            },
            Token);

        await using var results = await job.CollectAsync(s_wait, Token);

        Assert.Equal(Enumerable.Range(0, requests).Select(i => $"row-{i}").Order(), results.Select(r => r.CustomId).Order());
        Assert.Equal([0, 1, 2], results.Single(r => r.CustomId == "row-0").Images.Select(i => i.Index));
        Assert.Equal(ResultOutcome.Refused, results.Single(r => r.CustomId == "row-1").Outcome);
        Assert.All(results.SelectMany(r => r.Images), i => Assert.True(i.Content?.Length > 0 && i.Problem == ImageProblem.None));
        Assert.Equal(requests + 1, results.Sum(r => r.Images.Count));
    }
}
