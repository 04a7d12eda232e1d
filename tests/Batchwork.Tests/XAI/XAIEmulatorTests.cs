using Batchwork.Emulator;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.XAI;
using Batchwork.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Tests.XAI;

/// <summary>What xAI's API leaves open or has been seen to do in more than one way: the library takes it either way.</summary>
public sealed class XAIEmulatorTests
{
    private const int Requests = 5;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<XAISettings> Ways =>
    [
        new XAISettings(),
        new XAISettings { PicturesAs = "url" },
        new XAISettings { ResultName = "image_response" },
        new XAISettings { DataAddresses = true },
        new XAISettings { ResultName = "image_response", PicturesAs = "url" },
        new XAISettings { BareDates = false },
    ];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Results_AnyWay_AreWholePictures(XAISettings way)
    {
        await using var emulator = await StartAsync(way);
        await using var services = Library(emulator);
        var job = await SubmitAsync(emulator, services);

        await using var results = await job.CollectAsync(new BatchWaitOptions { Interval = TimeSpan.FromMilliseconds(20) }, Token);

        Assert.Equal(Requests, results.Count);
        Assert.All(results, r => Assert.Equal(ResultOutcome.Succeeded, r.Outcome));
        Assert.All(results.SelectMany(r => r.Images), i => Assert.StartsWith("image/", i.MediaType, StringComparison.Ordinal));
        Assert.All(results.SelectMany(r => r.Images), i => Assert.True(i.Content?.Length > 0));
        Assert.DoesNotContain("xai.pictures.get-with-secrets", emulator.Ledger.Read().Requests.Keys);
    }

    [Fact]
    public async Task Results_LinksGone_SaySoOneByOne()
    {
        await using var emulator = await StartAsync(new XAISettings { PicturesAs = "url", PictureLife = TimeSpan.Zero });
        await using var services = Library(emulator);
        var job = await SubmitAsync(emulator, services);

        await using var results = await job.CollectAsync(new BatchWaitOptions { Interval = TimeSpan.FromMilliseconds(20) }, Token);

        Assert.Equal(Requests, results.Count);
        Assert.All(results, r => Assert.Equal(("hosted_image_gone", ResultOutcome.Transient), (r.Error?.Code, r.Outcome)));
    }

    [Fact]
    public async Task Results_SmallPages_AreTheSame()
    {
        await using var emulator = await StartAsync(new XAISettings());
        await using var services = Library(emulator);
        var job = await SubmitAsync(emulator, services);
        await job.WaitAsync(new BatchWaitOptions { Interval = TimeSpan.FromMilliseconds(20) }, Token);

        var results = await job.ReadResultsAsync(new ResultReadOptions { PageSize = 2 }, Token).ToListAsync(Token);
        var rest = await job.ReadResultsAsync(new ResultReadOptions { PageSize = 2, From = [results[2].Position] }, Token).ToListAsync(Token);

        Assert.Equal(Requests, results.Select(r => r.CustomId).Distinct().Count());
        Assert.Equal(results.Skip(3).Select(r => r.CustomId), rest.Select(r => r.CustomId));
    }

    private static Task<InMemoryEmulator> StartAsync(XAISettings way) =>
        InMemoryEmulator.StartAsync(new EmulatorSettings { Schedule = BatchSchedule.Instant, Repeat = 2, XAI = way }, null, Token);

    private static ServiceProvider Library(InMemoryEmulator emulator) => new ServiceCollection()
        .AddSingleton<IBatchTransport>(BatchTransport.Over(emulator.CreateHandler()))
        .AddBatchwork()
        .BuildServiceProvider();

    private static Task<BatchJob> SubmitAsync(InMemoryEmulator emulator, ServiceProvider services) =>
        services.GetRequiredService<ImageBatchClient>().SubmitAsync(
            new ImageBatch
            {
                Model = "xai/grok-imagine-image",
                Requests = [.. Enumerable.Range(0, Requests).Select(i => new ImageRequest { CustomId = $"row-{i}", Prompt = $"Fox {i}" })],
                Credentials = new BatchCredentials { ApiKey = "key", BaseUrl = emulator.XAI },
            },
            Token);
}
