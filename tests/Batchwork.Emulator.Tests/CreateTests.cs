using System.Text.Json.Nodes;
using Batchwork.Emulator.Tests.Support;

namespace Batchwork.Emulator.Tests;

public sealed class CreateTests
{
    [Fact]
    public async Task Create_ValidInput_AnswersBatchObject()
    {
        await using var emulation = await Emulation.StartAsync();
        var file = await emulation.UploadAsync(Emulation.Line("a", "A fox"));

        var batch = await emulation.CreateAsync(file.Text("id"), ",\"metadata\":{\"bw_attempt\":\"1\"}");

        Assert.Equal(
            [
                "id", "object", "endpoint", "model", "errors", "input_file_id", "completion_window", "status", "output_file_id", "error_file_id", "created_at",
                "in_progress_at", "expires_at", "finalizing_at", "completed_at", "failed_at", "expired_at", "cancelling_at", "cancelled_at", "request_counts",
                "usage", "metadata",
            ],
            batch.Select(property => property.Key));
        Assert.Equal(("validating", "gpt-image-2", "1"), (batch.Text("status"), batch.Text("model"), batch.Text("metadata.bw_attempt")));
        Assert.Equal(
            (0, 0, 0),
            (batch.Number("request_counts.total"), batch.Number("request_counts.completed"), batch.Number("request_counts.failed")));
        Assert.Equal(86400, batch.Number("expires_at") - batch.Number("created_at"));
        Assert.True(JsonNode.DeepEquals(batch, await emulation.RetrieveAsync(batch)));
    }

    [Theory]
    [InlineData("{", null, null)]
    [InlineData("[]", null, null)]
    [InlineData("""{"input_file_id":"\ud800"}""", null, null)]
    [InlineData("""{"endpoint":"/v1/images/generations","completion_window":"24h"}""", "input_file_id", "missing_required_parameter")]
    [InlineData("""{"input_file_id":"FILE","completion_window":"24h"}""", "endpoint", "missing_required_parameter")]
    [InlineData("""{"input_file_id":"FILE","endpoint":"/v1/images/generations"}""", "completion_window", "missing_required_parameter")]
    [InlineData("""{"input_file_id":"FILE","endpoint":"/v1/images/generations","completion_window":"1h"}""", "completion_window", "invalid_value")]
    [InlineData("""{"input_file_id":"FILE","endpoint":"/v1/pictures","completion_window":"24h"}""", "endpoint", "invalid_value")]
    [InlineData("""{"input_file_id":"file-nope","endpoint":"/v1/images/generations","completion_window":"24h"}""", "input_file_id", null)]
    [InlineData("""{"input_file_id":"FILE","endpoint":"/v1/images/generations","completion_window":"24h","metadata":"x"}""", "metadata", "invalid_type")]
    [InlineData("""{"input_file_id":"FILE","endpoint":"/v1/images/generations","completion_window":"24h","metadata":{"a":1}}""", "metadata.a", "invalid_type")]
    [InlineData("""{"input_file_id":"FILE","endpoint":"/v1/images/generations","completion_window":"24h","output_expires_after":{"anchor":"created_at","seconds":60}}""", "output_expires_after.seconds", "invalid_value")]
    [InlineData("""{"input_file_id":"FILE","endpoint":"/v1/images/generations","completion_window":"24h","output_expires_after":{"anchor":"done","seconds":3600}}""", "output_expires_after.anchor", "invalid_value")]
    public async Task Create_WrongBody_RefusedAndNotInLedger(string body, string? param, string? code)
    {
        await using var emulation = await Emulation.StartAsync();
        var file = await emulation.UploadAsync(Emulation.Line("a", "A fox"));

        var (status, error) = await Emulation.ErrorAsync(
            await emulation.PostBatchAsync(body.Replace("FILE", file.Text("id"), StringComparison.Ordinal)));

        Assert.Equal((400, param, code), (status, error["param"]?.GetValue<string>(), error["code"]?.GetValue<string>()));
        Assert.Equal(0, emulation.Emulator.Ledger.Read().Totals.Creates);
    }

    [Theory]
    [InlineData(17, 3, 3, "object_above_max_properties")]
    [InlineData(1, 65, 3, "string_above_max_length")]
    [InlineData(1, 3, 513, "string_above_max_length")]
    [InlineData(16, 64, 512, null)]
    public async Task Create_Metadata_HasLimits(int pairs, int key, int value, string? code)
    {
        await using var emulation = await Emulation.StartAsync();
        var file = await emulation.UploadAsync(Emulation.Line("a", "A fox"));
        var metadata = new JsonObject(Enumerable.Range(0, pairs).Select(i =>
            KeyValuePair.Create($"{i}".PadLeft(key, 'k'), (JsonNode?)new string('v', value))));
        var body = new JsonObject
        {
            ["input_file_id"] = file.Text("id"),
            ["endpoint"] = Emulation.Generations,
            ["completion_window"] = "24h",
            ["metadata"] = metadata,
        };

        using var response = await emulation.PostBatchAsync(body.ToJsonString());

        Assert.Equal(code is null ? 200 : 400, (int)response.StatusCode);
        if (code is not null)
        {
            Assert.Equal(code, (await Emulation.ErrorAsync(response)).Error.Text("code"));
        }
    }

    [Fact]
    public async Task Create_SameFileTwice_TwoBatches()
    {
        await using var emulation = await Emulation.StartAsync();
        var file = await emulation.UploadAsync(Emulation.Line("a", "A fox"));

        var first = await emulation.CreateAsync(file.Text("id"));
        var second = await emulation.CreateAsync(file.Text("id"));

        Assert.NotEqual(first.Text("id"), second.Text("id"));
        Assert.Equal(2, emulation.Emulator.Ledger.Read().Totals.Creates);
    }

    [Fact]
    public async Task List_ManyBatches_PagesNewestFirst()
    {
        await using var emulation = await Emulation.StartAsync();
        var file = await emulation.UploadAsync(Emulation.Line("a", "A fox"));
        var ids = new List<string>();
        for (var i = 0; i < 23; i++)
        {
            ids.Insert(0, (await emulation.CreateAsync(file.Text("id"))).Text("id"));
        }

        var first = await emulation.GetAsync("openai/v1/batches");
        var second = await emulation.GetAsync($"openai/v1/batches?after={first.Text("last_id")}");

        Assert.Equal(20, first["data"]!.AsArray().Count);
        Assert.Equal(ids, first["data"]!.AsArray().Concat(second["data"]!.AsArray()).Select(batch => batch!.Text("id")));
        Assert.False(second["has_more"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Models_List_HasShutdownDatesAndLeavesOutWhatIsGone()
    {
        await using var emulation = await Emulation.StartAsync();

        var models = (await emulation.GetAsync("openai/v1/models"))["data"]!.AsArray().ToDictionary(model => model!.Text("id"), model => model!);

        Assert.Equal("2026-12-01", models["gpt-image-1.5"].Text("shutdown_date"));
        Assert.Null(models["gpt-image-2"]["shutdown_date"]);
        Assert.DoesNotContain("gpt-image-1", models.Keys);
        emulation.Time.Advance(TimeSpan.FromDays(10));
        using var gone = await emulation.Client.GetAsync("openai/v1/models/gpt-image-1.5", TestContext.Current.CancellationToken);
        Assert.Equal(404, (int)gone.StatusCode);
    }
}
