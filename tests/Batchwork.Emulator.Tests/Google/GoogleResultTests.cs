using System.Text.Json.Nodes;
using Batchwork.Emulator.Tests.Support;

namespace Batchwork.Emulator.Tests.Google;

public sealed class GoogleResultTests
{
    [Theory]
    [InlineData("[[refuse]]", "response.promptFeedback.blockReason", "PROHIBITED_CONTENT")]
    [InlineData("[[refuse:output]]", "finishReason", "IMAGE_SAFETY")]
    [InlineData("[[finish:no_image]]", "finishReason", "NO_IMAGE")]
    public async Task Marker_OfRefusal_IsASuccessWithoutPicture(string marker, string path, string value)
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);

        var batch = await emulation.Google.SubmitAsync(GoogleClient.Line("a", $"A fox {marker}"));
        var result = Assert.Single(await emulation.Google.ResultsAsync(batch));

        Assert.Equal("1", batch.Text("metadata.batchStats.successfulRequestCount"));
        Assert.Equal(value, path == "finishReason" ? result["response"]!["candidates"]![0]!.Text(path) : result.Text(path));
        Assert.Null(result.At("response.usageMetadata.candidatesTokenCount"));
    }

    [Theory]
    [InlineData("[[error]]", 13)]
    [InlineData("[[error:429]]", 8)]
    [InlineData("[[error:400]]", 3)]
    public async Task Marker_Error_IsAnErrorBesideTheAnswers(string marker, int code)
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);

        var batch = await emulation.Google.SubmitAsync(GoogleClient.Line("a", $"A fox {marker}"), GoogleClient.Line("b", "A bear"));
        var results = (await emulation.Google.ResultsAsync(batch)).ToDictionary(result => result.Text("key"));

        Assert.Equal("1", batch.Text("metadata.batchStats.failedRequestCount"));
        Assert.Equal(code, results["a"].Number("error.code"));
        Assert.Single(GoogleClient.Pictures(results["b"]));
    }

    [Fact]
    public async Task Thoughts_WhenAsked_HoldADraftFirst()
    {
        await using var emulation = await Emulation.StartInstantAsync();

        var batch = await emulation.Google.SubmitAsync(
            GoogleClient.Line("a", "A fox", ",\"thinkingConfig\":{\"includeThoughts\":true}"));
        var result = Assert.Single(await emulation.Google.ResultsAsync(batch));

        List<JsonNode> drawn = [.. GoogleClient.Parts(result).Where(part => part["inlineData"] is not null)];
        Assert.Equal((2, true), (drawn.Count, drawn[0]["thought"]?.GetValue<bool>()));
        Assert.NotEqual(drawn[0].Text("inlineData.data"), drawn[1].Text("inlineData.data"));
        Assert.True(result.Number("response.usageMetadata.thoughtsTokenCount") > 0);
    }

    [Theory]
    [InlineData("[[textonly]]")]
    [InlineData("[[nodata]]")]
    public async Task Marker_TextOnly_StopsWithWords(string marker)
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);

        var result = Assert.Single(await emulation.Google.ResultsAsync(
            await emulation.Google.SubmitAsync(GoogleClient.Line("a", $"A fox {marker}"))));

        Assert.Equal("STOP", result["response"]!["candidates"]![0]!.Text("finishReason"));
        Assert.NotNull(Assert.Single(GoogleClient.Parts(result))["text"]);
    }

    [Theory]
    [InlineData(",\"imageConfig\":{\"aspectRatio\":\"16:9\",\"imageSize\":\"1K\"}", 1360, 768)]
    [InlineData(",\"imageConfig\":{\"aspectRatio\":\"1:1\",\"imageSize\":\"2K\"}", 2048, 2048)]
    [InlineData(",\"image_config\":{\"aspect_ratio\":\"2:3\"}", 832, 1248)]
    public async Task ImageConfig_DecidesPixels(string config, int width, int height)
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);

        var result = Assert.Single(await emulation.Google.ResultsAsync(
            await emulation.Google.SubmitAsync(GoogleClient.Line("a", "A fox", config))));

        var png = GoogleClient.Pictures(result)[0];
        Assert.Equal((width, height), ((png[18] << 8) | png[19], (png[22] << 8) | png[23]));
    }

    [Theory]
    [InlineData(",\"imageConfig\":{\"aspectRatio\":\"7:5\"}")]
    [InlineData(",\"imageConfig\":{\"imageSize\":\"8K\"}")]
    [InlineData(",\"imageConfig\":{\"imageSize\":\"1k\"}")]
    [InlineData(",\"candidateCount\":2")]
    [InlineData(",\"aspectRatio\":\"1:1\"")]
    public async Task Line_WithWrongValue_IsAnErrorOfThatLine(string config)
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);

        var batch = await emulation.Google.SubmitAsync(GoogleClient.Line("a", "A fox", config), GoogleClient.Line("b", "A bear"));
        var results = (await emulation.Google.ResultsAsync(batch)).ToDictionary(result => result.Text("key"));

        Assert.Equal(3, results["a"].Number("error.code"));
        Assert.Null(results["b"]["error"]);
        Assert.Equal("1", batch.Text("metadata.batchStats.failedRequestCount"));
    }

    [Theory]
    [InlineData("[[nomime]]", "inlineData.mimeType")]
    [InlineData("[[nousage]]", null)]
    public async Task Marker_LeavesOut(string marker, string? part)
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);

        var result = Assert.Single(await emulation.Google.ResultsAsync(
            await emulation.Google.SubmitAsync(GoogleClient.Line("a", $"A fox {marker}"))));

        Assert.Null(part is null ? result.At("response.usageMetadata") : GoogleClient.Parts(result)[0].At(part));
    }

    [Fact]
    public async Task Results_InlineThoughAFileWasSent_IfToldSo()
    {
        await using var emulation = await Emulation.StartAsync(new EmulatorSettings
        {
            Schedule = Batches.BatchSchedule.Instant,
            Repeat = 1,
            Google = new Batchwork.Emulator.Google.GoogleSettings { ResultsAs = "inline" },
        });

        var batch = await emulation.Google.SubmitAsync(GoogleClient.Line("a", "A fox"));

        Assert.Equal("a", Assert.Single(GoogleClient.InlineResults(batch)).Text("metadata.key"));
    }

    [Fact]
    public async Task Fault_QuotaWithDelay_HasRetryInfo()
    {
        await using var emulation = await Emulation.StartAsync();
        emulation.Emulator.Faults.Add("google.batches.create", "status:429;retry-delay=31s");

        var (status, error) = await Emulation.ErrorAsync(await emulation.Google.PostFileBatchAsync("files/x"));

        Assert.Equal((429, "RESOURCE_EXHAUSTED"), (status, error.Text("status")));
        Assert.Equal("31s", error["details"]!.AsArray().Single(detail => detail!["retryDelay"] is not null)!.Text("retryDelay"));
    }
}
