using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Tests.Support;
using Batchwork.Emulator.XAI;

namespace Batchwork.Emulator.Tests.XAI;

public sealed class XAIResultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Picture_Hosted_CanBeFetchedForAnHourWithoutAKey()
    {
        await using var emulation = await Emulation.StartInstantAsync();
        var batch = await emulation.XAI.SubmitAsync(XAIClient.Line("a", "A fox", ",\"n\":2"), XAIClient.Line("b", "A fox"));
        var result = (await emulation.XAI.ResultsAsync(batch)).Single(one => one.Text("batch_request_id") == "a");
        using var bare = new HttpClient(emulation.Emulator.CreateHandler());

        var first = await bare.GetByteArrayAsync(XAIClient.Data(result).Text("url"), Token);
        using var second = await bare.GetAsync(XAIClient.Data(result, 1).Text("url"), Token);
        emulation.Time.Advance(TimeSpan.FromMinutes(61));
        using var late = await bare.GetAsync(XAIClient.Data(result).Text("url"), Token);

        Assert.Null(XAIClient.Data(result)["b64_json"]);
        Assert.Equal([0xFF, 0xD8], first[..2]);
        Assert.Equal("image/jpeg", second.Content.Headers.ContentType!.MediaType);
        Assert.NotEqual(first, await second.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
        Assert.DoesNotContain("xai.pictures.get-with-secrets", emulation.Emulator.Ledger.Read().Requests.Keys);
    }

    [Fact]
    public async Task Picture_FetchedWithAKey_IsNoticed()
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);
        var batch = await emulation.XAI.SubmitAsync(XAIClient.Line("a", "A fox", ""));
        var url = XAIClient.Data(Assert.Single(await emulation.XAI.ResultsAsync(batch))).Text("url");

        _ = await emulation.Client.GetByteArrayAsync(url, Token);

        Assert.Equal(1, emulation.Emulator.Ledger.Read().Requests["xai.pictures.get-with-secrets"].Seen);
    }

    [Fact]
    public async Task Markers_Refusal_AreASuccessOrAnError()
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);
        var batch = await emulation.XAI.SubmitAsync(
            XAIClient.Line("in", "A fox [[refuse]]"), XAIClient.Line("out", "A fox [[refuse:output]]"), XAIClient.Line("none", "[[nodata]] A fox"));

        var results = (await emulation.XAI.ResultsAsync(batch)).ToDictionary(one => one.Text("batch_request_id"));

        Assert.Equal("3 0 2 1 0", XAIClient.Counters(batch));
        Assert.Equal("Generated image rejected by content moderation.", results["in"].Text("batch_result.error.message"));
        Assert.Equal(("", false), (XAIClient.Data(results["out"]).Text("url"), XAIClient.Data(results["out"])["respect_moderation"]!.GetValue<bool>()));
        Assert.Empty(results["none"].At("batch_result.response.image_generation.data")!.AsArray());
    }

    [Theory]
    [InlineData("[[error]]", 13)]
    [InlineData("[[error:429]]", 8)]
    [InlineData("[[error:400]]", 3)]
    public async Task Marker_Error_HasAGrpcCode(string marker, int code)
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);
        var batch = await emulation.XAI.SubmitAsync(XAIClient.Line("a", $"A fox {marker}"));

        Assert.Equal(code, Assert.Single(await emulation.XAI.ResultsAsync(batch)).Number("batch_result.error.code"));
    }

    [Theory]
    [InlineData(",\"size\":\"1024x1024\"")]
    [InlineData(",\"aspect_ratio\":\"7:5\"")]
    [InlineData(",\"resolution\":\"4k\"")]
    [InlineData(",\"quality\":\"low\"")]
    [InlineData(",\"n\":11")]
    public async Task Line_WithWrongValue_IsAnErrorOfThatLine(string more)
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);
        var batch = await emulation.XAI.SubmitAsync(XAIClient.Line("a", "A fox", more));

        Assert.Equal("1 0 0 1 0", XAIClient.Counters(batch));
        Assert.Equal(3, Assert.Single(await emulation.XAI.ResultsAsync(batch)).Number("batch_result.error.code"));
    }

    [Fact]
    public async Task Settings_ChangeTheShapeOfAnswers()
    {
        await using var emulation = await Emulation.StartAsync(new EmulatorSettings
        {
            Schedule = BatchSchedule.Instant,
            Repeat = 1,
            XAI = new XAISettings { ResultName = "image_response", DataAddresses = true, PicturesAs = "b64_json" },
        });
        var batch = await emulation.XAI.SubmitAsync(XAIClient.Line("a", "A fox", ""));

        var flat = Assert.Single(await emulation.XAI.ResultsAsync(batch)).At("batch_result.response.image_response")!;

        Assert.StartsWith("data:image/jpeg;base64,/9j/", flat.Text("base64"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_LagBehindCounters_IfToldSo()
    {
        await using var emulation = await Emulation.StartAsync(new EmulatorSettings
        {
            Schedule = BatchSchedule.Instant,
            Repeat = 1,
            XAI = new XAISettings { ResultsLag = TimeSpan.FromSeconds(10) },
        });
        var batch = await emulation.XAI.SubmitAsync(XAIClient.Line("a", "A fox"));

        var early = await emulation.XAI.ResultsAsync(batch);
        emulation.Time.Advance(TimeSpan.FromSeconds(11));
        var late = await emulation.XAI.ResultsAsync(batch);

        Assert.Equal(("1 0 1 0 0", 0, 1), (XAIClient.Counters(batch), early.Count, late.Count));
    }

    [Fact]
    public async Task Upload_ExpiryAfterTheFile_IsRefused()
    {
        await using var emulation = await Emulation.StartAsync();
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Encoding.UTF8.GetBytes("{}")), "file", "job.jsonl" },
            { new StringContent("86400"), "expires_after" },
        };

        using var response = await emulation.Client.PostAsync(XAIClient.V1 + "files", form, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Files_FilteredByName_FoundOrNot()
    {
        await using var emulation = await Emulation.StartAsync();
        var file = await emulation.XAI.UploadAsync(XAIClient.Line("a", "A fox"));

        var found = await emulation.XAI.GetAsync("files?filter=" + Uri.EscapeDataString("name = \"job.jsonl\""));
        var other = await emulation.XAI.GetAsync("files?filter=" + Uri.EscapeDataString("name = \"other.jsonl\""));

        Assert.Equal(file.Text("id"), Assert.Single(found["data"]!.AsArray())!.Text("id"));
        Assert.Empty(other["data"]!.AsArray());
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("xai-invalid", 400)]
    public async Task Key_MissingOrWrong_Refused(string? key, int status)
    {
        await using var emulation = await Emulation.StartAsync();
        emulation.Client.DefaultRequestHeaders.Authorization = key is null ? null : new("Bearer", key);

        using var response = await emulation.Client.GetAsync(XAIClient.V1 + "batches", Token);

        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!;
        Assert.Equal(status, (int)response.StatusCode);
        Assert.NotEmpty(error.Text("code"));
        Assert.NotEmpty(error.Text("error"));
    }
}
