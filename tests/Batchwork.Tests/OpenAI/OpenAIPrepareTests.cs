using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace Batchwork.Tests.OpenAI;

public sealed class OpenAIPrepareTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Prepare_Batch_MeasuresExactlyWhatIsWritten()
    {
        var batch = TestAdapter.Batch(new() { Prompt = "one \ud83d\udebf \"quoted\"\n" }, new() { CustomId = "b", Prompt = "two", N = 2 });

        var prepared = await TestAdapter.PrepareAsync(batch);
        var upload = Encoding.UTF8.GetBytes(await TestAdapter.UploadAsync(batch));

        Assert.Equal(2, prepared.RequestCount);
        Assert.Equal(upload.Length, prepared.ByteCount);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(upload)), prepared.Sha256);
    }

    [Fact]
    public async Task Write_Request_IsThisLine() =>
        Assert.Equal(
            """{"custom_id":"a","method":"POST","url":"/v1/images/generations","body":{"model":"gpt-image-2","prompt":"a red bicycle","n":1}}""" + "\n",
            await TestAdapter.UploadAsync(TestAdapter.Batch()));

    [Fact]
    public async Task Write_OptionsInAnyOrder_MakeTheSameBytes()
    {
        var one = await TestAdapter.UploadAsync(TestAdapter.Batch(TestAdapter.Request("""{ "zebra": 1, "quality": "low", "apple": [1], "outputFormat": "webp" }""")));
        var other = await TestAdapter.UploadAsync(TestAdapter.Batch(TestAdapter.Request("""{ "outputFormat": "webp", "apple": [1], "quality": "low", "zebra": 1 }""")));

        Assert.Equal(one, other);
        Assert.Contains("\"n\":1,\"quality\":\"low\",\"output_format\":\"webp\",\"apple\":[1],\"zebra\":1}", one, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_RowsSpelling_BeatsTheDefaultsOtherSpelling()
    {
        var batch = TestAdapter.Batch(TestAdapter.Request("""{ "output_format": "jpeg" }""")) with
        {
            Defaults = new ImageDefaults { ProviderOptions = TestAdapter.Request("""{ "outputFormat": "webp" }""").ProviderOptions },
        };

        Assert.Contains("\"output_format\":\"jpeg\"", await TestAdapter.UploadAsync(batch), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_OlderModel_AsksForBase64() =>
        Assert.Contains("\"response_format\":\"b64_json\"}}", await TestAdapter.UploadAsync(TestAdapter.Batch() with { Model = "openai/dall-e-3" }), StringComparison.Ordinal);

    [Fact]
    public async Task Prepare_ManyFaults_AllAreToldAtOnce()
    {
        var batch = TestAdapter.Batch(
            new() { CustomId = "a", Prompt = "" },
            new() { CustomId = "a", Prompt = "p", N = 0 },
            TestAdapter.Request("""{ "quality": "ultra" }""") with { CustomId = "c" }) with
        {
            Tag = "Not A Tag",
            Metadata = new Dictionary<string, string> { ["k"] = new('v', 513) },
            OutputExpiresAfter = TimeSpan.FromMinutes(59),
            Limits = new BatchLimits { MaxRequests = 2, MaxRequestBytes = 10, MaxUploadBytes = 20 },
        };

        var invalid = await Assert.ThrowsAsync<BatchValidationException>(() => TestAdapter.PrepareAsync(batch));

        Assert.Equal(
            ["too-many-requests", "tag-invalid", "metadata-too-long", "expiry-out-of-range", "custom-id-duplicate", "prompt-empty", "request-too-large", "n-too-small", "request-too-large", "option-value-unknown", "request-too-large", "upload-too-large"],
            invalid.Problems.Select(p => p.Code));
        Assert.Contains("more problems", invalid.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepare_FaultyDefault_IsToldOnceForTheBatch()
    {
        var batch = TestAdapter.Batch([.. Enumerable.Range(0, 100).Select(i => new ImageRequest { Prompt = "p" })]) with
        {
            Defaults = new ImageDefaults { Size = "1025x1024", N = 11, Seed = 1, ProviderOptions = new Dictionary<string, JsonObject> { ["openai"] = new() { ["quality"] = "max" } } },
        };

        var warnings = (await TestAdapter.PrepareAsync(batch)).Warnings;

        Assert.Equal(["n-too-large", "size-not-offered", "seed-not-taken", "option-value-not-offered"], warnings.Select(w => w.Code));
        Assert.All(warnings, w => Assert.Null(w.CustomId));
    }

    [Theory]
    [InlineData("gpt-image-1", "model-retired")]
    [InlineData("gpt-image-1-mini", "model-retiring")]
    [InlineData("gpt-image-9", "model-unknown")]
    public async Task Prepare_DoubtfulModel_IsDoubted(string model, string code) =>
        Assert.Equal(code, Assert.Single((await TestAdapter.PrepareAsync(TestAdapter.Batch() with { Model = "openai/" + model })).Warnings).Code);

    [Fact]
    public async Task Prepare_AfterTheLastDay_TheModelIsRetired()
    {
        var adapter = TestAdapter.Over(time: new FakeTimeProvider(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero)));

        var prepared = await adapter.PrepareAsync(TestAdapter.Batch() with { Model = "openai/gpt-image-1.5" }, Token);

        Assert.Equal("model-retired", Assert.Single(prepared.Warnings).Code);
    }

    [Fact]
    public async Task Prepare_RulesFromTheOptions_ReplaceTheBuiltInOnes()
    {
        var options = new BatchworkOptions();
        options.ModelRules["openai"] = [new ModelRules { Id = "gpt-image-9", DisplayName = "Nine", MaxN = 2, Source = "test", AsOf = new DateOnly(2026, 11, 22) }];

        var prepared = await TestAdapter.Over(options: options).PrepareAsync(TestAdapter.Batch(new ImageRequest { Prompt = "p", N = 3 }) with { Model = "openai/gpt-image-9" }, Token);

        Assert.Equal("n-too-large", Assert.Single(prepared.Warnings).Code);
    }

    [Fact]
    public async Task Prepare_ModelWithoutPictures_IsRefused() =>
        await Assert.ThrowsAsync<UnsupportedModelException>(() => TestAdapter.PrepareAsync(TestAdapter.Batch() with { Model = "openai/gpt-5.5" }));

    [Fact]
    public async Task Prepare_SixteenPairsAndATag_IsOneTooMany()
    {
        var batch = TestAdapter.Batch() with { Metadata = Enumerable.Range(0, 16).ToDictionary(i => $"k{i}", i => "v") };

        await TestAdapter.PrepareAsync(batch);
        var invalid = await Assert.ThrowsAsync<BatchValidationException>(() => TestAdapter.PrepareAsync(batch with { Tag = "bw1-x" }));

        Assert.Equal("metadata-too-many", Assert.Single(invalid.Problems).Code);
    }

    [Fact]
    public async Task Prepare_Cancelled_Stops()
    {
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await TestAdapter.Over().PrepareAsync(TestAdapter.Batch(), canceled.Token));
    }
}
