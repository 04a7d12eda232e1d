using System.Globalization;
using Batchwork.Adapters;

namespace Batchwork.Tests.Batches;

public sealed class SplitTests
{
    public static IEnumerable<TheoryDataRow<string>> Models => [new("openai/gpt-image-2"), new("google/gemini-3-pro-image"), new("xai/grok-imagine-image")];

    [Theory]
    [MemberData(nameof(Models))]
    public void Split_BatchThatFits_IsItself(string model)
    {
        var batch = Batch(model, 10);

        Assert.Same(batch, Assert.Single(batch.Split()));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Split_TooManyRequests_KeepsOrderAndIds(string model)
    {
        var parts = (Batch(model, 25) with { Tag = "t", Limits = new BatchLimits { MaxRequests = 10 } }).Split();

        Assert.Equal([10, 10, 5], parts.Select(p => p.Requests.Count));
        Assert.Equal(["t-1", "t-2", "t-3"], parts.Select(p => p.Tag));
        Assert.Equal(
            Enumerable.Range(0, 25).Select(i => string.Create(CultureInfo.InvariantCulture, $"request-{i}")),
            parts.SelectMany(p => EffectiveRequest.MergeAll(p.Requests, p.Defaults, "any")).Select(r => r.CustomId));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Split_TooManyBytes_MakesBatchesThatCanBeSent(string model)
    {
        var limits = new BatchLimits { MaxUploadBytes = 200_000 };
        var batch = Batch(model, 500) with { Limits = limits };
        var adapter = BuiltInAdapters.WithoutNetwork(ModelId.Parse(model).Provider)!;
        await Assert.ThrowsAsync<BatchValidationException>(async () => await adapter.PrepareAsync(batch with { Limits = limits with { MaxUploadBytes = 100_000 } }, Token));

        foreach (var part in (batch with { Limits = limits with { MaxUploadBytes = 20_000 } }).Split())
        {
            Assert.InRange((await adapter.PrepareAsync(part, Token)).ByteCount, 1, 20_000);
        }
    }

    [Theory]
    [InlineData("openai/gpt-image-2", "3840x2160", 10)]
    [InlineData("google/gemini-3-pro-image", "4K", 5)]
    public void Split_MuchToCome_IsPlannedInPortions(string model, string size, int n)
    {
        var parts = (Batch(model, 200) with { Defaults = new ImageDefaults { Size = size, N = n } }).Split();

        Assert.InRange(parts.Count, 3, 10);
        Assert.Equal(200, parts.Sum(p => p.Requests.Count));
    }

    [Fact]
    public void Split_RequestThatIsTooLarge_IsABatchOfItsOwn()
    {
        var batch = Batch("openai/gpt-image-2", 3) with { Limits = new BatchLimits { MaxUploadBytes = 100 } };

        Assert.Equal([1, 1, 1], batch.Split().Select(p => p.Requests.Count));
    }

    [Fact]
    public void Split_TagWithoutRoom_IsTold() =>
        Assert.Throws<BatchValidationException>(() => (Batch("openai/gpt-image-2", 3) with { Tag = new string('t', 40), Limits = new BatchLimits { MaxRequests = 1 } }).Split());

    [Fact]
    public void Split_ProviderWithoutBatches_IsRefused()
    {
        Assert.Throws<UnsupportedProviderException>(() => Batch("mistral/x", 1).Split());
        Assert.Throws<UnsupportedModelException>(() => Batch("google/imagen-4.0-generate-001", 1).Split());
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ImageBatch Batch(string model, int requests) => new()
    {
        Model = model,
        Requests = [.. Enumerable.Range(0, requests).Select(i => new ImageRequest { Prompt = "a cat with a hat and a bat, sat on a mat " + new string('!', 200) })],
    };
}
