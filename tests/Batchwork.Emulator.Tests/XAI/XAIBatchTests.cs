using System.Text.Json.Nodes;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Tests.Support;
using Batchwork.Emulator.XAI;

namespace Batchwork.Emulator.Tests.XAI;

public sealed class XAIBatchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Batch_FromUploadToResults_HasTheApisShape()
    {
        await using var emulation = await Emulation.StartAsync(new EmulatorSettings { Repeat = 1 });
        var xai = emulation.XAI;
        var file = await xai.UploadAsync(XAIClient.Line("a", "A fox"), XAIClient.Line("b", "A bear"));

        var created = await Emulation.ReadAsync(await xai.PostBatchAsync(file.Text("id")));
        emulation.Time.Advance(TimeSpan.FromMinutes(5));
        var done = await xai.AgainAsync(created);
        var results = await xai.ResultsAsync(done);

        Assert.Equal(("file", "job.jsonl", ""), (file.Text("object"), file.Text("filename"), file.Text("purpose")));
        Assert.Equal(("tag", "2026-11-22", "2026-11-23"), (created.Text("name"), created.Text("create_time"), created.Text("expire_time")));
        Assert.Equal(("0 0 0 0 0", "2 0 2 0 0"), (XAIClient.Counters(created), XAIClient.Counters(done)));
        Assert.Equal(["a", "b"], results.Select(result => result.Text("batch_request_id")).Order());
        var image = XAIClient.Data(results[0]);
        Assert.Equal(("image/jpeg", true), (image.Text("mime_type"), image["respect_moderation"]!.GetValue<bool>()));
        Assert.Equal([0xFF, 0xD8], Convert.FromBase64String(image.Text("b64_json"))[..2]);
        Assert.Equal(200_000_000, results[0].Number("batch_result.response.image_generation.usage.cost_in_usd_ticks"));
        Assert.Equal(1, emulation.Emulator.Ledger.Read().Providers["xai"].Creates);
    }

    [Fact]
    public async Task Results_WhileRunning_GrowAndStayTheSame()
    {
        await using var emulation = await Emulation.StartAsync(new EmulatorSettings
        {
            Repeat = 1,
            Schedule = BatchSchedule.Instant with { ShortestRun = TimeSpan.FromSeconds(100) },
        });
        var batch = await emulation.XAI.SubmitAsync([.. Enumerable.Range(0, 10).Select(i => XAIClient.Line($"{i}", "A fox"))]);

        emulation.Time.Advance(TimeSpan.FromSeconds(45));
        var running = await emulation.XAI.AgainAsync(batch);
        var early = await emulation.XAI.ResultsAsync(batch, limit: 3);
        emulation.Time.Advance(TimeSpan.FromSeconds(60));
        var all = await emulation.XAI.ResultsAsync(batch, limit: 3);

        Assert.Equal("10 6 4 0 0", XAIClient.Counters(running));
        Assert.Equal((4, 10), (early.Count, all.Count));
        Assert.Equal(early.Select(one => one.ToJsonString()), all.Take(4).Select(one => one.ToJsonString()));
        Assert.Equal(10, all.Select(one => one.Text("batch_request_id")).Distinct().Count());
    }

    [Fact]
    public async Task Cancel_Running_CountsAndAnswersTheRest()
    {
        await using var emulation = await Emulation.StartAsync(new EmulatorSettings
        {
            Repeat = 1,
            Schedule = BatchSchedule.Instant with { ShortestRun = TimeSpan.FromSeconds(100), Cancelling = TimeSpan.FromSeconds(2) },
        });
        var batch = await emulation.XAI.SubmitAsync([.. Enumerable.Range(0, 4).Select(i => XAIClient.Line($"{i}", "A fox"))]);
        emulation.Time.Advance(TimeSpan.FromSeconds(30));

        var cancelling = await Emulation.ReadAsync(await emulation.XAI.PostAsync($"batches/{batch.Text("batch_id")}:cancel", ""));
        emulation.Time.Advance(TimeSpan.FromSeconds(3));
        var cancelled = await emulation.XAI.AgainAsync(batch);
        var results = await emulation.XAI.ResultsAsync(batch);
        var requests = (await emulation.XAI.GetAsync($"batches/{batch.Text("batch_id")}/requests"))["batch_request_metadata"]!.AsArray();

        Assert.Equal(("4 3 1 0 0", "4 0 1 0 3"), (XAIClient.Counters(cancelling), XAIClient.Counters(cancelled)));
        Assert.NotNull(cancelling["cancel_time"]);
        Assert.Null(cancelling["cancel_by_xai_message"]);
        Assert.Equal(3, results.Count(result => result.At("batch_result.error.code")?.GetValue<int>() == 1));
        Assert.Equal(["cancelled", "cancelled", "cancelled", "succeeded"], requests.Select(one => one!.Text("state")).Order());
    }

    [Theory]
    [InlineData("gpt-image-2", "Model gpt-image-2 is not supported for batch processing")]
    [InlineData("grok-imagine-image-quality", "Model grok-imagine-image-quality is not supported for batch processing")]
    public async Task Batch_OfUnfitModel_IsStoppedWithAMessageAndNoCounts(string model, string message)
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);

        var batch = await emulation.XAI.SubmitAsync(XAIClient.Line("a", "A fox", model: model));

        Assert.Equal($"JSONL file validation failed: {message}", batch.Text("cancel_by_xai_message"));
        Assert.NotNull(batch["cancel_time"]);
        Assert.Equal("0 0 0 0 0", XAIClient.Counters(batch));
        Assert.Empty(await emulation.XAI.ResultsAsync(batch));
    }

    [Fact]
    public async Task Requests_Paged_HaveStates()
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);
        var batch = await emulation.XAI.SubmitAsync(
            XAIClient.Line("a", "A fox"), XAIClient.Line("b", "A bear [[error]]"), XAIClient.Line("c", "A cat"));

        var first = await emulation.XAI.GetAsync($"batches/{batch.Text("batch_id")}/requests?limit=2");
        var second = await emulation.XAI.GetAsync(
            $"batches/{batch.Text("batch_id")}/requests?limit=2&pagination_token={first.Text("pagination_token")}");

        List<JsonNode> all =
            [.. first["batch_request_metadata"]!.AsArray().Concat(second["batch_request_metadata"]!.AsArray()).Select(one => one!)];
        Assert.Equal(["a succeeded", "b failed", "c succeeded"], all.Select(one => $"{one.Text("batch_request_id")} {one.Text("state")}"));
        Assert.Null(second["pagination_token"]);
    }

    [Fact]
    public async Task Expired_KeepsPendingAndWhatWasDone()
    {
        await using var emulation = await Emulation.StartAsync(
            new EmulatorSettings { Repeat = 1, Schedule = BatchSchedule.Instant, XAI = new XAISettings { BareDates = false } });
        var batch = await emulation.XAI.SubmitAsync(XAIClient.Line("a", "A fox [[expire]]"), XAIClient.Line("b", "A bear"));

        emulation.Time.Advance(TimeSpan.FromHours(25));
        var expired = await emulation.XAI.AgainAsync(batch);

        Assert.Equal(("2 1 1 0 0", "2026-11-23T12:00:00.000000Z"), (XAIClient.Counters(expired), expired.Text("expire_time")));
        Assert.Equal("b", Assert.Single(await emulation.XAI.ResultsAsync(expired)).Text("batch_request_id"));
    }

    [Fact]
    public async Task List_PagesNewestFirst()
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            ids.Insert(0, (await emulation.XAI.SubmitAsync(XAIClient.Line("a", "A fox"))).Text("batch_id"));
        }

        var first = await emulation.XAI.GetAsync("batches?limit=2");
        var second = await emulation.XAI.GetAsync($"batches?limit=2&pagination_token={first.Text("pagination_token")}");

        Assert.Equal(ids, first["batches"]!.AsArray().Concat(second["batches"]!.AsArray()).Select(one => one!.Text("batch_id")));
    }

    [Theory]
    [InlineData("{}", 400)]
    [InlineData("""{"name":"tag"}""", 400)]
    [InlineData("""{"name":"tag","input_file_id":"file_nope"}""", 404)]
    public async Task Create_WrongBody_RefusedAndNotInLedger(string body, int status)
    {
        await using var emulation = await Emulation.StartAsync();

        using var response = await emulation.XAI.PostAsync("batches", body);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.NotNull(JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["error"]);
        Assert.Equal(0, emulation.Emulator.Ledger.Read().Totals.Creates);
    }

    [Theory]
    [InlineData("list:repeat", "0 1 1 2 2 3")]
    [InlineData("list:skip", "0 1 3 4")]
    public async Task Results_Twisted_RepeatOrSkip(string fault, string expected)
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);
        var batch = await emulation.XAI.SubmitAsync([.. Enumerable.Range(0, 5).Select(i => XAIClient.Line($"{i}", "A fox"))]);
        List<string> order = [.. (await emulation.XAI.ResultsAsync(batch)).Select(one => one.Text("batch_request_id"))];
        emulation.Emulator.Faults.Add("xai.batches.results", fault, times: 0);

        var seen = (await emulation.XAI.ResultsAsync(batch, limit: 2)).Select(one => order.IndexOf(one.Text("batch_request_id")));

        Assert.StartsWith(expected, string.Join(' ', seen), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_OfImages_HavePrices()
    {
        await using var emulation = await Emulation.StartAsync();

        var plain = (await emulation.XAI.GetAsync("models"))["data"]!.AsArray().Select(one => one!.Text("id"));
        var images = (await emulation.XAI.GetAsync("image-generation-models"))["models"]!.AsArray();

        Assert.Equal(["grok-imagine-image-2.0", "grok-imagine-image"], plain);
        Assert.Equal(200_000_000, images.Single(one => one!.Text("id") == "grok-imagine-image")!.Number("image_price"));
    }
}
