using System.Text.Json.Nodes;
using Batchwork.Google;

namespace Batchwork.Tests.Google;

/// <summary>What is sent for which request, and what is said about it.</summary>
public sealed class GooglePrepareTests
{
    [Fact]
    public async Task Prepare_SmallBatch_IsTheWholeCall() =>
        Assert.Equal(
            """{"batch":{"display_name":"bw1-abc","input_config":{"requests":{"requests":[{"request":{"contents":[{"role":"user","parts":[{"text":"a cat"}]}],"generationConfig":{"responseModalities":["IMAGE"]}},"metadata":{"key":"cat"}}]}}}}""",
            await TestAdapter.WriteAsync(TestAdapter.Batch() with { Tag = TestAdapter.Tag }));

    [Fact]
    public async Task Prepare_ManyRequests_AreLines()
    {
        var lines = (await TestAdapter.WriteAsync(TestAdapter.LongBatch())).Split('\n');

        Assert.Equal(102, lines.Length);
        Assert.Equal("""{"key":"request-0","request":{"contents":[{"role":"user","parts":[{"text":"cat 0"}]}],"generationConfig":{"responseModalities":["IMAGE"]}}}""", lines[0]);
        Assert.Equal("", lines[^1]);
    }

    [Fact]
    public async Task Prepare_Measures_AreThoseOfTheBytes()
    {
        foreach (var batch in new[] { TestAdapter.Batch(TestAdapter.Cat() with { N = 3, Seed = 7 }, new ImageRequest { Prompt = "ein Hund 🐶" }), TestAdapter.LongBatch() })
        {
            var prepared = await TestAdapter.PrepareAsync(batch);
            var bytes = System.Text.Encoding.UTF8.GetBytes(await TestAdapter.WriteAsync(batch));

            Assert.Equal(bytes.Length, prepared.ByteCount);
            Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), prepared.Sha256);
        }
    }

    [Fact]
    public async Task Prepare_SeveralPictures_AreRequestsWithKeysAndSeedsOfTheirOwn()
    {
        var prepared = await TestAdapter.PrepareAsync(TestAdapter.Batch(TestAdapter.Cat() with { N = 2, Seed = 7 }));
        var requests = Requests(await TestAdapter.WriteAsync(prepared.Batch));

        Assert.Equal(["cat~1of2", "cat~2of2"], requests.Select(r => (string?)r["metadata"]!["key"]));
        Assert.Equal([7, 8], requests.Select(r => (int)r["request"]!["generationConfig"]!["seed"]!));
        Assert.Equal("seed-fanned-out", Assert.Single(prepared.Warnings).Code);
        Assert.Equal(1, prepared.RequestCount);
    }

    [Theory]
    [InlineData("cat", 1, 1, "cat")]
    [InlineData("cat", 2, 3, "cat~2of3")]
    [InlineData("cat~2of3", 1, 1, "cat~2of3~1of1")]
    [InlineData("cat~2of3", 2, 2, "cat~2of3~2of2")]
    [InlineData("cat~0of3", 1, 1, "cat~0of3")]
    [InlineData("~", 1, 1, "~")]
    [InlineData("a~b", 1, 1, "a~b")]
    [InlineData("~4of3", 1, 1, "~4of3")]
    public void Key_AnyId_IsReadAsItWas(string id, int number, int count, string key)
    {
        var part = new GooglePartKey(id, number, count);

        Assert.Equal(key, part.ToString());
        Assert.Equal(part, GooglePartKey.Read(key));
    }

    [Theory]
    [InlineData("1024x1024", null, """{"aspectRatio":"1:1","imageSize":"1K"}""", null)]
    [InlineData("2048x2048", null, """{"aspectRatio":"1:1","imageSize":"2K"}""", null)]
    [InlineData("4K", null, """{"imageSize":"4K"}""", null)]
    [InlineData("auto", null, null, null)]
    [InlineData("1536x1024", null, """{"aspectRatio":"3:2","imageSize":"1K"}""", "size-mapped")]
    [InlineData("1024x2000", null, """{"imageSize":"1K"}""", "size-mapped")]
    [InlineData("1376x768", null, """{"aspectRatio":"16:9","imageSize":"1K"}""", "size-mapped")]
    [InlineData("3840x2160", null, """{"aspectRatio":"16:9","imageSize":"2K"}""", "size-mapped")]
    [InlineData("64x64", null, """{"aspectRatio":"1:1"}""", "size-mapped")]
    [InlineData("big", null, null, "size-not-read")]
    [InlineData("1024 x 1024", null, null, "size-not-read")]
    [InlineData("512", null, """{"imageSize":"512"}""", "size-not-offered")]
    [InlineData("1024x1024", "16:9", """{"aspectRatio":"16:9","imageSize":"1K"}""", "value-given-twice")]
    [InlineData(null, "1:8", """{"aspectRatio":"1:8"}""", "aspect-ratio-not-offered")]
    public async Task Prepare_SizeAndShape_AreSentAsGoogleWantsThem(string? size, string? ratio, string? sent, string? warning)
    {
        var batch = TestAdapter.Batch(TestAdapter.Cat() with { Size = size, AspectRatio = ratio });

        Assert.Equal(sent, Requests(await TestAdapter.WriteAsync(batch))[0]["request"]!["generationConfig"]!["imageConfig"]?.ToJsonString());
        Assert.Equal(warning, (await TestAdapter.PrepareAsync(batch)).Warnings.SingleOrDefault()?.Code);
    }

    [Fact]
    public async Task Prepare_RowAndDefault_RowWinsWhereverItIsWritten()
    {
        var batch = TestAdapter.Batch(TestAdapter.Cat("""{"imageConfig":{"aspectRatio":"4:5"}}""")) with { Defaults = new ImageDefaults { AspectRatio = "16:9", Size = "2K" } };

        Assert.Equal(
            """{"aspectRatio":"4:5","imageSize":"2K"}""",
            Requests(await TestAdapter.WriteAsync(batch))[0]["request"]!["generationConfig"]!["imageConfig"]!.ToJsonString());
        Assert.Equal("value-given-twice", Assert.Single((await TestAdapter.PrepareAsync(batch)).Warnings).Code);
    }

    [Theory]
    [InlineData("""{"image_config":{"image_size":"2K"}}""", """{"responseModalities":["IMAGE"],"imageConfig":{"imageSize":"2K"}}""")]
    [InlineData("""{"imageConfig.personGeneration":"ALLOW_ALL"}""", """{"responseModalities":["IMAGE"],"imageConfig":{"personGeneration":"ALLOW_ALL"}}""")]
    [InlineData("""{"thinkingLevel":"low"}""", """{"responseModalities":["IMAGE"],"thinkingConfig":{"thinkingLevel":"low"}}""")]
    [InlineData("""{"temperature":0.5,"top_p":0.9}""", """{"responseModalities":["IMAGE"],"temperature":0.5,"topP":0.9}""")]
    [InlineData("""{"generationConfig":{"temperature":1}}""", """{"responseModalities":["IMAGE"],"temperature":1}""")]
    [InlineData("""{"responseModalities":["TEXT","IMAGE"]}""", """{"responseModalities":["TEXT","IMAGE"]}""")]
    public async Task Prepare_OptionsInAnySpelling_GoWhereTheyBelong(string options, string sent)
    {
        var batch = TestAdapter.Batch(TestAdapter.Cat(options));

        Assert.Equal(sent, Requests(await TestAdapter.WriteAsync(batch))[0]["request"]!["generationConfig"]!.ToJsonString());
        Assert.Empty((await TestAdapter.PrepareAsync(batch)).Warnings);
    }

    [Theory]
    [InlineData("""{"temprature":1}""", "option-unknown")]
    [InlineData("""{"seed":1}""", "option-reserved")]
    [InlineData("""{"candidateCount":4}""", "option-reserved")]
    [InlineData("""{"imageSize":"1K","imageConfig":{"imageSize":"2K"}}""", "option-given-twice")]
    public async Task Prepare_DoubtfulOptions_AreToldAndTheRestIsSent(string options, string code)
    {
        var warning = Assert.Single((await TestAdapter.PrepareAsync(TestAdapter.Batch(TestAdapter.Cat(options)))).Warnings);

        Assert.Equal((code, "cat"), (warning.Code, warning.CustomId));
        Assert.StartsWith("providerOptions.google.", warning.Field, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"imageSize":2048}""", "option-value-type")]
    [InlineData("""{"imageConfig":"2K"}""", "option-value-type")]
    [InlineData("""{"imageSize":"8K"}""", "size-unknown")]
    [InlineData("""{"aspectRatio":"2:1"}""", "aspect-ratio-unknown")]
    [InlineData("""{"safetySettings":[{"category":"HARM_CATEGORY_NONSENSE"}]}""", "option-value-unknown")]
    [InlineData("""{"safetySettings":{}}""", "option-value-type")]
    [InlineData("""{"temperature":3}""", "option-out-of-range")]
    public async Task Prepare_ValuesThatNoModelTakes_AreErrors(string options, string code)
    {
        var invalid = await Assert.ThrowsAsync<BatchValidationException>(() => TestAdapter.PrepareAsync(TestAdapter.Batch(TestAdapter.Cat(options))));

        Assert.Equal(code, Assert.Single(invalid.Problems, p => p.Severity == ProblemSeverity.Error).Code);
    }

    [Fact]
    public async Task Prepare_SeedOfMoreThan32Bits_IsAnError()
    {
        var invalid = await Assert.ThrowsAsync<BatchValidationException>(() => TestAdapter.PrepareAsync(TestAdapter.Batch(TestAdapter.Cat() with { Seed = 3_000_000_000 })));

        Assert.Equal("seed-out-of-range", Assert.Single(invalid.Problems).Code);
    }

    [Theory]
    [InlineData("google/imagen-4.0-generate-001")]
    [InlineData("google/models/imagen-4.0-generate-001")]
    [InlineData("google/gemini-3.5-flash")]
    [InlineData("google/veo-4")]
    public async Task Prepare_ModelWithoutPictures_IsRefused(string model) =>
        await Assert.ThrowsAsync<UnsupportedModelException>(() => TestAdapter.PrepareAsync(TestAdapter.Batch() with { Model = model }));

    [Theory]
    [InlineData("google/models/gemini-3-pro-image", "gemini-3-pro-image", null)]
    [InlineData("google/gemini-nano-banana-9", "gemini-nano-banana-9", "model-unknown")]
    [InlineData("google/gemini-2.5-flash-image", "gemini-2.5-flash-image", "model-retired")]
    public async Task Prepare_Model_IsNamedAsGoogleDoes(string model, string name, string? warning)
    {
        var prepared = await TestAdapter.PrepareAsync(TestAdapter.Batch() with { Model = model });

        Assert.Equal((name, warning), (prepared.Model, prepared.Warnings.SingleOrDefault()?.Code));
    }

    private static JsonNode[] Requests(string call) => [.. JsonNode.Parse(call)!["batch"]!["input_config"]!["requests"]!["requests"]!.AsArray().Select(r => r!)];
}
