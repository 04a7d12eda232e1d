using System.Text.Json.Nodes;
using Batchwork.Engine.Jobs;
using Batchwork.Testing.Engine;

namespace Batchwork.Engine.Tests.Jobs;

/// <summary>What rows cost, with the rules of each provider as they are shipped.</summary>
public sealed class EstimatorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, null, 40_000)]
    [InlineData("2k", null, 60_000)]
    [InlineData("1.5k", "medium", 70_000)]
    public async Task Estimate_AtXai_FollowsResolutionAndQuality(string? resolution, string? quality, long microUsd)
    {
        var options = new JsonObject();
        if (resolution is not null)
        {
            options["resolution"] = resolution;
        }

        if (quality is not null)
        {
            options["quality"] = quality;
        }

        Assert.Equal(3 * microUsd, await SumAsync("xai", "grok-imagine-image-2.0", new ImageRequest { Prompt = "A fox", N = 3, ProviderOptions = new Dictionary<string, JsonObject> { ["xai"] = options } }));
    }

    [Theory]
    [InlineData(null, 16_800)]
    [InlineData("4K", 56_500)]
    public async Task Estimate_AtGoogle_FollowsTheSize(string? size, long microUsd) =>
        Assert.Equal(2 * microUsd, await SumAsync("google", "gemini-nano-banana-2.1", new ImageRequest { Prompt = "A fox", N = 2, Size = size }));

    private static async Task<long?> SumAsync(string provider, string model, ImageRequest request)
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var adapter = engine.Get<Batchwork.Engine.Connections.ProviderAdapters>().Of(provider);
        var estimator = new Estimator(adapter.Models.Single(m => m.Id == model), adapter.Capabilities, isDemo: false);
        estimator.Add(EffectiveRequest.Merge(request, 0, null, provider));
        return estimator.ToEstimate().MicroUsd;
    }
}
