using Batchwork.Emulator.Tests.Support;

namespace Batchwork.Emulator.Tests;

public sealed class InputCheckTests
{
    private static readonly string s_good = Emulation.Line("good", "A fox");

    public static TheoryData<string, string, string?> BadLines => new()
    {
        { "not json", "invalid_json_line", null },
        { "[1]", "invalid_json_line", null },
        { s_good + " {}", "invalid_json_line", null },
        { "\uFEFF" + Emulation.Line("b", "A bear"), "invalid_json_line", null },
        { Emulation.Line("good", "A bear"), "duplicate_custom_id", "custom_id" },
        { Emulation.Line("b", "A bear", model: "gpt-image-1"), "mismatched_model", "body.model" },
        { """{"method":"POST","url":"/v1/images/generations","body":{}}""", "missing_required_parameter", "custom_id" },
        { """{"custom_id":"b","url":"/v1/images/generations","body":{}}""", "missing_required_parameter", "method" },
        { """{"custom_id":"b","method":"GET","url":"/v1/images/generations","body":{}}""", "invalid_method", "method" },
        { """{"custom_id":"b","method":"POST","body":{}}""", "missing_required_parameter", "url" },
        { """{"custom_id":"b","method":"POST","url":"/v1/images/generations"}""", "missing_required_parameter", "body" },
        { """{"custom_id":"b","method":"POST","url":"/v1/images/generations","body":{"prompt":"x"}}""", "missing_required_parameter", "body.model" },
        { """{"custom_id":"b","method":"POST","url":"/v1/responses","body":{"model":"gpt-image-2","prompt":"x"}}""", "invalid_url", "url" },
        { """{"custom_id":"b","method":"POST","url":"/v1/images/generations","body":{"model":"gpt-image-2","prompt":"\ud800"}}""", "invalid_json_line", null },
    };

    [Theory]
    [MemberData(nameof(BadLines))]
    public async Task Validation_BadLine_FailsBatchAndNamesLine(string line, string code, string? param)
    {
        await using var emulation = await Emulation.StartAsync();
        var batch = await emulation.SubmitAsync(s_good, "", line);

        emulation.Time.Advance(TimeSpan.FromSeconds(2));
        var failed = await emulation.RetrieveAsync(batch);

        Assert.Equal("failed", failed.Text("status"));
        Assert.Equal(0, failed.Number("request_counts.total"));
        Assert.NotNull(failed["failed_at"]);
        var error = failed.At("errors.data")!.AsArray().First()!;
        Assert.Equal((code, 3L, param), (error.Text("code"), error.Number("line"), error["param"]?.GetValue<string>()));
        Assert.Null(failed["error_file_id"]);
    }

    [Theory]
    [InlineData("gpt-image-1")]
    [InlineData("gpt-image-9")]
    [InlineData("dall-e-3")]
    public async Task Validation_ModelNotOffered_FailsBatch(string model)
    {
        await using var emulation = await Emulation.StartAsync();
        var batch = await emulation.SubmitAsync(Emulation.Line("a", "A fox", model: model));

        emulation.Time.Advance(TimeSpan.FromSeconds(2));
        var failed = await emulation.RetrieveAsync(batch);

        Assert.Equal(("failed", "model_not_found"), (failed.Text("status"), failed.At("errors.data")![0]!.Text("code")));
    }

    [Fact]
    public async Task Validation_ModelStillOfferedThatDay_Passes()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2026, 10, 22, 23, 0, 0, TimeSpan.Zero));
        await using var emulation = await Emulation.StartAsync(time: time);
        var batch = await emulation.SubmitAsync("""{"custom_id":"a","method":"POST","url":"/v1/images/generations","body":{"model":"gpt-image-1","prompt":"A fox"}}""");

        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("in_progress", (await emulation.RetrieveAsync(batch)).Text("status"));
    }

    [Fact]
    public async Task Validation_EmptyFile_FailsBatch()
    {
        await using var emulation = await Emulation.StartAsync();
        var batch = await emulation.SubmitAsync("", "  ");

        emulation.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("empty_file", (await emulation.RetrieveAsync(batch)).At("errors.data")![0]!.Text("code"));
    }

    [Fact]
    public async Task Validation_TooManyRequests_FailsBatch()
    {
        await using var emulation = await Emulation.StartAsync(new EmulatorSettings { MostRequests = 3 });
        var batch = await emulation.SubmitAsync([.. Enumerable.Range(0, 4).Select(i => Emulation.Line($"{i}", "A fox"))]);

        emulation.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("too_many_tasks", (await emulation.RetrieveAsync(batch)).At("errors.data")![0]!.Text("code"));
    }

    [Theory]
    [InlineData("\"n\":0", "n", "integer_below_min_value")]
    [InlineData("\"n\":11", "n", "integer_above_max_value")]
    [InlineData("\"n\":\"2\"", "n", "invalid_type")]
    [InlineData("\"size\":\"1000x1000\"", "size", "invalid_value")]
    [InlineData("\"size\":\"64x256\"", "size", "invalid_value")]
    [InlineData("\"size\":\"4096x1024\"", "size", "invalid_value")]
    [InlineData("\"quality\":\"ultra\"", "quality", "invalid_value")]
    [InlineData("\"quality\":\"xhigh\"", "quality", "invalid_value")]
    [InlineData("\"output_format\":\"gif\"", "output_format", "invalid_value")]
    [InlineData("\"output_compression\":101", "output_compression", "integer_above_max_value")]
    [InlineData("\"background\":\"transparent\",\"output_format\":\"jpeg\"", "background", "invalid_value")]
    [InlineData("\"moderation\":\"none\"", "moderation", "invalid_value")]
    [InlineData("\"response_format\":\"b64_json\"", "response_format", "unknown_parameter")]
    [InlineData("\"stream\":true", "stream", "unsupported_parameter")]
    public async Task Request_WrongValue_FailsThatRequestOnly(string parameter, string param, string code)
    {
        await using var emulation = await Emulation.StartInstantAsync();
        var batch = await emulation.SubmitAsync(
            s_good, $$$"""{"custom_id":"bad","method":"POST","url":"/v1/images/generations","body":{"model":"gpt-image-2","prompt":"x",{{{parameter}}}}}""");

        var failure = Assert.Single(await emulation.ResultsAsync(batch, "error_file_id"));

        Assert.Equal(("bad", 400L), (failure.Text("custom_id"), failure.Number("response.status_code")));
        Assert.Equal((param, code), (failure.Text("response.body.error.param"), failure.Text("response.body.error.code")));
        Assert.Null(failure["error"]);
        Assert.Equal("good", Assert.Single(await emulation.ResultsAsync(batch)).Text("custom_id"));
    }

    [Fact]
    public async Task Request_LongestPrompt_CountedInCharacters()
    {
        await using var emulation = await Emulation.StartInstantAsync();
        var batch = await emulation.SubmitAsync(
            Emulation.Line("fits", string.Concat(Enumerable.Repeat("🦊", 32_000))), Emulation.Line("long", new string('x', 32_001)));

        Assert.Equal("fits", Assert.Single(await emulation.ResultsAsync(batch)).Text("custom_id"));
        Assert.Equal(
            "string_above_max_length",
            Assert.Single(await emulation.ResultsAsync(batch, "error_file_id")).Text("response.body.error.code"));
    }

    [Fact]
    public async Task Upload_LastLineWithoutEndAndCrlf_AreRead()
    {
        await using var emulation = await Emulation.StartInstantAsync();
        using var form = Emulation.Form(Emulation.Line("a", "A fox") + "\r\n\r\n" + Emulation.Line("b", "A bear"));
        var file = await Emulation.ReadAsync(
            await emulation.Client.PostAsync("openai/v1/files", form, TestContext.Current.CancellationToken));

        var results = await emulation.ResultsAsync(await emulation.CreateAsync(file.Text("id")));

        Assert.Equal(["a", "b"], results.Select(line => line.Text("custom_id")).Order());
    }
}
