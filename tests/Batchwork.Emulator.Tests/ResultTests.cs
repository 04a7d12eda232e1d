using Batchwork.Emulator.Tests.Support;

namespace Batchwork.Emulator.Tests;

public sealed class ResultTests
{
    [Fact]
    public async Task Output_Success_HasTheApisShape()
    {
        await using var emulation = await Emulation.StartInstantAsync();
        var batch = await emulation.SubmitAsync(Emulation.Line("a", "A fox", ",\"n\":2,\"quality\":\"low\",\"output_format\":\"webp\""));

        var line = Assert.Single(await emulation.ResultsAsync(batch));

        Assert.Equal(["id", "custom_id", "response", "error"], line.Select(property => property.Key));
        Assert.StartsWith("batch_req_", line.Text("id"), StringComparison.Ordinal);
        Assert.Equal(200, line.Number("response.status_code"));
        Assert.Equal(("webp", "low", "64x64", "opaque"), (Body("output_format"), Body("quality"), Body("size"), Body("background")));
        Assert.Equal(2, line.Pictures().Count);
        Assert.Equal(
            line.Number("response.body.usage.input_tokens") + line.Number("response.body.usage.output_tokens"),
            line.Number("response.body.usage.total_tokens"));

        string Body(string name) => line.Text($"response.body.{name}");
    }

    [Fact]
    public async Task Output_ManyRequests_ShuffledTheSameWayEachTime()
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);
        string[] ids = [.. Enumerable.Range(0, 60).Select(i => $"row-{i:00}")];
        var batch = await emulation.SubmitAsync([.. ids.Select(id => Emulation.Line(id, "A fox"))]);

        var first = (await emulation.ResultsAsync(batch)).Select(line => line.Text("custom_id")).ToList();
        var second = (await emulation.ResultsAsync(batch)).Select(line => line.Text("custom_id")).ToList();

        Assert.Equal(first, second);
        Assert.NotEqual(ids, first);
        Assert.Equal(ids, first.Order());
    }

    [Fact]
    public async Task Output_AllFailed_NoOutputFile()
    {
        await using var emulation = await Emulation.StartInstantAsync();
        var batch = await emulation.RetrieveAsync(
            await emulation.SubmitAsync(Emulation.Line("a", "[[refuse]] A fox"), Emulation.Line("b", "A bear [[error]]")));

        Assert.Equal("completed", batch.Text("status"));
        Assert.Null(batch["output_file_id"]);
        Assert.Equal(2, (await emulation.ResultsAsync(batch, "error_file_id")).Count);
    }

    [Fact]
    public async Task Output_NoneFailed_NoErrorFile()
    {
        await using var emulation = await Emulation.StartInstantAsync();
        var batch = await emulation.RetrieveAsync(await emulation.SubmitAsync(Emulation.Line("a", "A fox")));

        Assert.NotNull(batch["output_file_id"]);
        Assert.Null(batch["error_file_id"]);
    }

    [Theory]
    [InlineData("[[refuse]]", 400, "moderation_blocked", "image_generation_user_error")]
    [InlineData("[[error]]", 500, "server_error", "server_error")]
    [InlineData("[[error:429]]", 429, "rate_limit_exceeded", "requests")]
    [InlineData("[[ERROR:400]]", 400, "invalid_value", "invalid_request_error")]
    public async Task Marker_OfFailure_EndsInTheErrorFile(string marker, long status, string code, string type)
    {
        await using var emulation = await Emulation.StartInstantAsync();
        var batch = await emulation.SubmitAsync(Emulation.Line("a", $"A fox {marker} in the snow"));

        var line = Assert.Single(await emulation.ResultsAsync(batch, "error_file_id"));

        Assert.Equal(status, line.Number("response.status_code"));
        Assert.Equal((code, type), (line.Text("response.body.error.code"), line.Text("response.body.error.type")));
        Assert.Null(line["error"]);
    }

    [Fact]
    public async Task Marker_RefusedAtOutput_TellsTheStage()
    {
        await using var emulation = await Emulation.StartInstantAsync();
        var batch = await emulation.SubmitAsync(Emulation.Line("a", "A fox [[refuse:output]]"));

        var line = Assert.Single(await emulation.ResultsAsync(batch, "error_file_id"));

        Assert.Equal("output", line.Text("response.body.error.moderation_details.moderation_stage"));
    }

    [Fact]
    public async Task Marker_Missing_CountedButNotAnswered()
    {
        await using var emulation = await Emulation.StartInstantAsync();
        var batch = await emulation.RetrieveAsync(
            await emulation.SubmitAsync(Emulation.Line("a", "A fox [[missing]]"), Emulation.Line("b", "A bear")));

        Assert.Equal(2, batch.Number("request_counts.completed"));
        Assert.Equal("b", Assert.Single(await emulation.ResultsAsync(batch)).Text("custom_id"));
        Assert.Null(batch["error_file_id"]);
    }

    [Theory]
    [InlineData("[[partial:2]]", 2)]
    [InlineData("[[partial:0]]", 0)]
    [InlineData("[[nodata]]", 0)]
    [InlineData("[[partial:9]]", 4)]
    public async Task Marker_Partial_FewerPictures(string marker, int pictures)
    {
        await using var emulation = await Emulation.StartInstantAsync();
        var batch = await emulation.SubmitAsync(Emulation.Line("a", $"A fox {marker}", ",\"n\":4"));

        Assert.Equal(pictures, Assert.Single(await emulation.ResultsAsync(batch)).Pictures().Count);
    }

    [Fact]
    public async Task Marker_Flaky_FailsOnceThenSucceeds()
    {
        using var folder = new TemporaryFolder();
        var settings = new EmulatorSettings { Schedule = Batches.BatchSchedule.Instant, StateFolder = folder.Path };
        var line = Emulation.Line("a", "A fox [[flaky]]");
        var first = await Emulation.StartAsync(settings);
        var failed = await first.RetrieveAsync(await first.SubmitAsync(line));
        await first.DisposeAsync();

        await using var second = await Emulation.StartAsync(settings, first.Time);
        var repeated = await second.RetrieveAsync(await second.SubmitAsync(line));

        Assert.Equal((0, 1), (failed.Number("request_counts.completed"), failed.Number("request_counts.failed")));
        Assert.Equal((1, 0), (repeated.Number("request_counts.completed"), repeated.Number("request_counts.failed")));
        Assert.Single(await second.ResultsAsync(repeated));
    }

    [Theory]
    [InlineData("[[duplicate]]", true)]
    [InlineData("[[duplicate:different]]", false)]
    public async Task Marker_Duplicate_AnsweredTwice(string marker, bool same)
    {
        await using var emulation = await Emulation.StartInstantAsync();
        var batch = await emulation.SubmitAsync(Emulation.Line("a", $"A fox {marker}"));

        var lines = await emulation.ResultsAsync(batch);

        Assert.Equal(["a", "a"], lines.Select(line => line.Text("custom_id")));
        Assert.Equal(same, lines[0].Pictures()[0].SequenceEqual(lines[1].Pictures()[0]));
    }

    [Theory]
    [InlineData("[[line:unknown-id]]", "unknown-a")]
    [InlineData("[[line:empty-id]]", "")]
    public async Task Marker_WrongId_CarriesIt(string marker, string id)
    {
        await using var emulation = await Emulation.StartInstantAsync();
        var batch = await emulation.SubmitAsync(Emulation.Line("a", $"A fox {marker}"));

        Assert.Equal(id, Assert.Single(await emulation.ResultsAsync(batch)).Text("custom_id"));
    }

    [Fact]
    public async Task Marker_Stray_AnswersSomeoneElseToo()
    {
        await using var emulation = await Emulation.StartInstantAsync();
        var batch = await emulation.SubmitAsync(Emulation.Line("a", "A fox [[line:stray]]"));

        Assert.Equal(["stray-a", "a"], (await emulation.ResultsAsync(batch)).Select(line => line.Text("custom_id")));
    }

    [Fact]
    public async Task Marker_Unknown_StaysInThePrompt()
    {
        await using var emulation = await Emulation.StartInstantAsync();
        var batch = await emulation.SubmitAsync(Emulation.Line("a", "A fox [[wild]]"), Emulation.Line("b", "A fox"));

        var lines = (await emulation.ResultsAsync(batch)).ToDictionary(line => line.Text("custom_id"));

        Assert.NotEqual(lines["a"].Pictures()[0], lines["b"].Pictures()[0]);
    }

    [Fact]
    public async Task Edits_WithReferences_Answered()
    {
        await using var emulation = await Emulation.StartInstantAsync();
        var file = await emulation.UploadAsync(
            """{"custom_id":"a","method":"POST","url":"/v1/images/edits","body":{"model":"gpt-image-2","prompt":"Snow","size":"64x64","images":[{"file_id":"file-1"}]}}""");
        using var response = await emulation.PostBatchAsync($$"""{"input_file_id":"{{file.Text("id")}}","endpoint":"/v1/images/edits","completion_window":"24h"}""");

        var line = Assert.Single(await emulation.ResultsAsync(await Emulation.ReadAsync(response)));

        Assert.True(line.Number("response.body.usage.input_tokens_details.image_tokens") > 0);
    }
}
