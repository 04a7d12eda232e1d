using System.Text.Json.Nodes;

namespace Batchwork.Tests.XAI;

/// <summary>Nothing is dropped in silence: what is not sent, or doubted, is told before any call.</summary>
public sealed class XAICheckTests
{
    [Theory]
    [InlineData("1024x1024", "1:1")]
    [InlineData("1920x1080", "16:9")]
    [InlineData("1000x1937", "an aspect ratio")]
    public async Task Prepare_Size_IsNotSentAndSaysWhatToSetInstead(string size, string instead)
    {
        var batch = await TestAdapter.PrepareAsync(TestAdapter.Batch(new ImageRequest { CustomId = "a", Prompt = "p", Size = size }));

        var warning = Assert.Single(batch.Warnings);
        Assert.Equal(("size-not-taken", "a", "size"), (warning.Code, warning.CustomId, warning.Field));
        Assert.Contains(instead, warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("16:10", "3:2")]
    [InlineData("16x9", "16:9")]
    [InlineData("wide", null)]
    public async Task Prepare_RatioNotOffered_IsSentAndDoubted(string ratio, string? suggestion)
    {
        var batch = TestAdapter.Batch(new ImageRequest { CustomId = "a", Prompt = "p", AspectRatio = ratio });

        var warning = Assert.Single((await TestAdapter.PrepareAsync(batch)).Warnings);

        Assert.Equal(("aspect-ratio-not-offered", "aspectRatio", suggestion), (warning.Code, warning.Field, warning.Suggestion));
        Assert.Contains($"\"aspect_ratio\":\"{ratio}\"", await TestAdapter.UploadAsync(batch), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"aspectRatio":"16:9"}""", "aspect_ratio", "16:9")]
    [InlineData("""{"aspect_ratio":"16:9"}""", "aspect_ratio", "16:9")]
    [InlineData("""{"resolution":"2k"}""", "resolution", "2k")]
    [InlineData("""{"outputFormat":"png"}""", "output_format", "png")]
    [InlineData("""{"user":"u"}""", "user", "u")]
    public async Task Prepare_Option_IsInTheBody(string options, string wireName, string value)
    {
        var line = JsonNode.Parse(await TestAdapter.UploadAsync(TestAdapter.Batch(TestAdapter.Request(options))))!;

        Assert.Equal(value, (string?)line["body"]![wireName]);
    }

    [Fact]
    public async Task Prepare_RatioTwice_IsTold()
    {
        var request = TestAdapter.Request("""{"aspect_ratio":"1:1"}""") with { AspectRatio = "16:9" };

        var warning = Assert.Single((await TestAdapter.PrepareAsync(TestAdapter.Batch(request))).Warnings);

        Assert.Equal(("option-given-twice", "providerOptions.xai.aspectRatio"), (warning.Code, warning.Field));
    }

    [Theory]
    [InlineData("""{"resolution":"4k"}""", "option-value-unknown")]
    [InlineData("""{"user":1}""", "option-value-type")]
    [InlineData("""{"aspect_ratio":1.5}""", "option-value-type")]
    public async Task Prepare_OptionThatIsRefusedForCertain_IsAnError(string options, string code)
    {
        var invalid = await Assert.ThrowsAsync<BatchValidationException>(() => TestAdapter.PrepareAsync(TestAdapter.Batch(TestAdapter.Request(options))));

        Assert.Equal(code, Assert.Single(invalid.Problems).Code);
    }

    [Fact]
    public async Task Prepare_WhatXAIHasNoPlaceFor_IsTold()
    {
        var batch = TestAdapter.Batch(new ImageRequest { CustomId = "a", Prompt = "p", Seed = 7 }) with
        {
            Metadata = new Dictionary<string, string> { ["job"] = "42" },
            OutputExpiresAfter = TimeSpan.FromDays(30),
        };

        Assert.Equal(["metadata-not-taken", "expiry-not-taken", "seed-not-taken"], (await TestAdapter.PrepareAsync(batch)).Warnings.Select(w => w.Code));
    }

    [Fact]
    public async Task Prepare_ManyFaults_AreAllTold()
    {
        var batch = TestAdapter.Batch(
            new ImageRequest { CustomId = "a", Prompt = " " },
            new ImageRequest { CustomId = "a", Prompt = "p", N = 0 }) with
        {
            InputExpiresAfter = TimeSpan.FromMinutes(1),
        };

        var invalid = await Assert.ThrowsAsync<BatchValidationException>(() => TestAdapter.PrepareAsync(batch));

        Assert.Equal(["expiry-out-of-range", "custom-id-duplicate", "prompt-empty", "n-too-small"], invalid.Problems.Select(p => p.Code));
    }

    [Theory]
    [InlineData("grok-imagine-image-quality", "model-retired")]
    [InlineData("grok-imagine-image-3.0", "model-unknown")]
    public async Task Prepare_ModelInDoubt_IsSentAndDoubted(string model, string code) =>
        Assert.Equal(code, Assert.Single((await TestAdapter.PrepareAsync(TestAdapter.Batch() with { Model = "xai/" + model })).Warnings).Code);

    [Fact]
    public async Task Prepare_TextModel_IsRefused() =>
        await Assert.ThrowsAsync<UnsupportedModelException>(() => TestAdapter.PrepareAsync(TestAdapter.Batch() with { Model = "xai/grok-4" }));

    [Fact]
    public void Models_Prices_AreThoseOfOnePicture()
    {
        var prices = TestAdapter.Over().Models.ToDictionary(m => m.Id, m => m.Prices);

        Assert.Equal(20_000, Assert.Single(prices["grok-imagine-image"]).MicroUsd);
        Assert.Equal(70_000, prices["grok-imagine-image-2.0"].Single(p => (p.Size, p.Quality) == ("1.5k", "medium")).MicroUsd);
    }

    [Fact]
    public void Check_OneRequest_TellsTheSame()
    {
        var adapter = TestAdapter.Over();
        var request = EffectiveRequest.Merge(new ImageRequest { CustomId = "a", Prompt = "p" }, 0, new ImageDefaults { Seed = 1 }, "xai");

        Assert.Equal("seed-not-taken", Assert.Single(adapter.Check(request, "grok-imagine-image")).Code);
    }
}
