using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Tests.Support;

namespace Batchwork.Emulator.Tests;

public sealed class ScheduleTests
{
    // Ten pictures at one a second: validating 0–10 s, in progress 10–20 s, finalizing 20–25 s.
    private static readonly BatchSchedule s_schedule = new()
    {
        Validating = TimeSpan.FromSeconds(10),
        ShortestRun = TimeSpan.FromSeconds(1),
        PicturesPerSecond = 1,
        Finalizing = TimeSpan.FromSeconds(5),
        Cancelling = TimeSpan.FromSeconds(5),
    };

    private static string[] TenLines => [.. Enumerable.Range(0, 10).Select(i => Emulation.Line($"row-{i}", i < 3 ? $"Fox {i} [[refuse]]" : $"Fox {i}"))];

    [Theory]
    [InlineData(0, "validating", 0, 0)]
    [InlineData(9.9, "validating", 0, 0)]
    [InlineData(10, "in_progress", 10, 0)]
    [InlineData(15.5, "in_progress", 10, 5)]
    [InlineData(20, "finalizing", 10, 10)]
    [InlineData(25, "completed", 10, 10)]
    [InlineData(200000, "completed", 10, 10)]
    public async Task Retrieve_AtTime_TellsStatusAndCounts(double seconds, string status, long total, long done)
    {
        await using var emulation = await Emulation.StartAsync(new EmulatorSettings { Schedule = s_schedule });
        var batch = await emulation.SubmitAsync(TenLines);

        emulation.Time.Advance(TimeSpan.FromSeconds(seconds));
        var seen = await emulation.RetrieveAsync(batch);

        Assert.Equal(
            (status, total, done),
            (seen.Text("status"), seen.Number("request_counts.total"), seen.Number("request_counts.completed") + seen.Number("request_counts.failed")));
    }

    [Fact]
    public async Task Retrieve_WhenDone_HasTimesFilesAndUsage()
    {
        await using var emulation = await Emulation.StartAsync(new EmulatorSettings { Schedule = s_schedule });
        var batch = await emulation.SubmitAsync(TenLines);
        var created = batch.Number("created_at");

        emulation.Time.Advance(TimeSpan.FromHours(1));
        var done = await emulation.RetrieveAsync(batch);

        Assert.Equal(
            (10, 20, 25),
            (done.Number("in_progress_at") - created, done.Number("finalizing_at") - created, done.Number("completed_at") - created));
        Assert.Equal((7, 3), (done.Number("request_counts.completed"), done.Number("request_counts.failed")));
        Assert.NotNull(done["output_file_id"]);
        Assert.NotNull(done["error_file_id"]);
        var results = await emulation.ResultsAsync(batch);
        Assert.Equal(results.Sum(line => line.Number("response.body.usage.total_tokens")), done.Number("usage.total_tokens"));
        Assert.True(done.Number("usage.output_tokens") > 0);
    }

    [Fact]
    public async Task Retrieve_WhileRunning_CountsGrowAndNeverShrink()
    {
        await using var emulation = await Emulation.StartAsync(new EmulatorSettings { Schedule = s_schedule });
        var batch = await emulation.SubmitAsync(TenLines);
        emulation.Time.Advance(TimeSpan.FromSeconds(10));
        var seen = new List<(long Completed, long Failed)>();

        for (var i = 0; i <= 10; i++)
        {
            var now = await emulation.RetrieveAsync(batch);
            seen.Add((now.Number("request_counts.completed"), now.Number("request_counts.failed")));
            emulation.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(Enumerable.Range(0, 11), seen.Select(counts => (int)(counts.Completed + counts.Failed)));
        Assert.Equal(seen.Order(), seen);
    }

    [Fact]
    public async Task Retrieve_AfterRestart_GoesOnAsIfNothingHappened()
    {
        using var folder = new TemporaryFolder();
        var settings = new EmulatorSettings { Schedule = s_schedule, StateFolder = folder.Path };
        var first = await Emulation.StartAsync(settings);
        var batch = await first.SubmitAsync(TenLines);
        first.Time.Advance(TimeSpan.FromSeconds(15.5));
        var before = await first.RetrieveAsync(batch);
        await first.DisposeAsync();

        await using var second = await Emulation.StartAsync(settings with { Schedule = BatchSchedule.Instant, Seed = 99 }, first.Time);
        var after = await second.RetrieveAsync(batch);
        second.Time.Advance(TimeSpan.FromSeconds(10));
        var done = await second.RetrieveAsync(batch);

        Assert.Equal(before.ToJsonString(), after.ToJsonString());
        Assert.Equal("completed", done.Text("status"));
        Assert.Equal(7, (await second.ResultsAsync(batch)).Count);
    }

    [Fact]
    public async Task Results_AfterRestart_AreTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        var settings = new EmulatorSettings { Schedule = BatchSchedule.Instant, StateFolder = folder.Path };
        var first = await Emulation.StartAsync(settings);
        var batch = await first.RetrieveAsync(await first.SubmitAsync(TenLines));
        var before = await first.ContentAsync(batch.Text("output_file_id"));
        await first.DisposeAsync();
        Directory.Delete(folder.At("results"), recursive: true);

        await using var second = await Emulation.StartAsync(settings, first.Time);

        Assert.Equal(before, await second.ContentAsync(batch.Text("output_file_id")));
    }

    [Fact]
    public async Task Retrieve_LargeBatch_RunsNoLongerThanTheLongestRun()
    {
        await using var emulation = await Emulation.StartAsync(
            new EmulatorSettings { Schedule = s_schedule with { LongestRun = TimeSpan.FromSeconds(4) }, Repeat = 1 });
        var batch = await emulation.SubmitAsync(TenLines);

        emulation.Time.Advance(TimeSpan.FromSeconds(14));

        Assert.Equal("finalizing", (await emulation.RetrieveAsync(batch)).Text("status"));
    }

    [Fact]
    public async Task List_OfBatchesNobodyRetrieves_ComesToShowThemDone()
    {
        await using var emulation = await Emulation.StartAsync(new EmulatorSettings { Schedule = s_schedule });
        _ = await emulation.SubmitAsync(TenLines);
        emulation.Time.Advance(TimeSpan.FromMinutes(1));

        string status;
        do
        {
            status = (await emulation.GetAsync("openai/v1/batches"))["data"]![0]!.Text("status");
        }
        while (status == "finalizing");

        Assert.Equal("completed", status);
    }

    [Fact]
    public async Task List_WithLag_ShowsBatchLaterAndRetrieveAtOnce()
    {
        await using var emulation = await Emulation.StartAsync(new EmulatorSettings { ListLag = TimeSpan.FromSeconds(90) });
        var batch = await emulation.SubmitAsync(TenLines);

        emulation.Time.Advance(TimeSpan.FromSeconds(89));
        Assert.Empty((await emulation.GetAsync("openai/v1/batches"))["data"]!.AsArray());
        _ = await emulation.RetrieveAsync(batch);
        emulation.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Single((await emulation.GetAsync("openai/v1/batches"))["data"]!.AsArray());
    }

    [Fact]
    public async Task Cancel_WhileRunning_KeepsWhatIsDoneAndTellsTheRest()
    {
        await using var emulation = await Emulation.StartAsync(new EmulatorSettings { Schedule = s_schedule });
        var batch = await emulation.SubmitAsync(TenLines);
        emulation.Time.Advance(TimeSpan.FromSeconds(14.5));
        _ = await emulation.RetrieveAsync(batch);

        var cancelling = await CancelAsync(emulation, batch.Text("id"));
        emulation.Time.Advance(TimeSpan.FromSeconds(5));
        var cancelled = await emulation.RetrieveAsync(batch);

        Assert.Equal(("cancelling", "cancelled"), (cancelling.Text("status"), cancelled.Text("status")));
        Assert.Equal(4, cancelled.Number("request_counts.completed") + cancelled.Number("request_counts.failed"));
        var (output, errors) = (await emulation.ResultsAsync(batch), await emulation.ResultsAsync(batch, "error_file_id"));
        Assert.Equal(cancelled.Number("request_counts.completed"), output.Count);
        var notRun = errors.Where(line => line["response"] is null).ToList();
        Assert.Equal(6, notRun.Count);
        Assert.All(notRun, line => Assert.Equal("batch_cancelled", line.Text("error.code")));
        Assert.Equal(10, output.Concat(errors).Select(line => line.Text("custom_id")).Distinct().Count());
    }

    [Fact]
    public async Task Cancel_AfterResultsWereMadeAhead_OutputIsCutToWhatWasDone()
    {
        using var folder = new TemporaryFolder();
        await using var emulation = await Emulation.StartAsync(new EmulatorSettings { Schedule = s_schedule, StateFolder = folder.Path });
        var batch = await emulation.SubmitAsync(TenLines);
        emulation.Time.Advance(TimeSpan.FromSeconds(12));
        _ = await emulation.RetrieveAsync(batch);
        while (
            !(
                await File.ReadAllTextAsync(folder.At($"batches/{batch.Text("id")}.json"), TestContext.Current.CancellationToken)).Contains("\"results\"", StringComparison.Ordinal))
        {
            await Task.Yield();
        }

        _ = await CancelAsync(emulation, batch.Text("id"));
        emulation.Time.Advance(TimeSpan.FromSeconds(5));

        var done = await emulation.RetrieveAsync(batch);
        Assert.Equal(
            ("cancelled", 2L), (done.Text("status"), done.Number("request_counts.completed") + done.Number("request_counts.failed")));
        Assert.Equal(done.Number("request_counts.completed"), (await emulation.ResultsAsync(batch)).Count);
    }

    [Theory]
    [InlineData(25, "completed")]
    [InlineData(0, "failed")]
    public async Task Cancel_WhenOver_409(double seconds, string status)
    {
        await using var emulation = await Emulation.StartAsync(new EmulatorSettings { Schedule = s_schedule });
        var batch = await emulation.SubmitAsync(status == "failed" ? ["nonsense"] : TenLines);
        emulation.Time.Advance(TimeSpan.FromSeconds(Math.Max(seconds, 10)));
        _ = await emulation.RetrieveAsync(batch);

        var (code, error) = await Emulation.ErrorAsync(await emulation.Client.PostAsync(
            $"openai/v1/batches/{batch.Text("id")}/cancel", null, TestContext.Current.CancellationToken));

        Assert.Equal(409, code);
        Assert.Contains($"'{status}'", error.Text("message"), StringComparison.Ordinal);
        Assert.Equal(0, emulation.Emulator.Ledger.Read().Totals.Cancels);
    }

    [Fact]
    public async Task Cancel_Twice_CountsOnce()
    {
        await using var emulation = await Emulation.StartAsync();
        var batch = await emulation.SubmitAsync(TenLines);

        _ = await CancelAsync(emulation, batch.Text("id"));
        var second = await CancelAsync(emulation, batch.Text("id"));

        Assert.Equal("cancelling", second.Text("status"));
        Assert.Equal(1, emulation.Emulator.Ledger.Read().Totals.Cancels);
    }

    [Fact]
    public async Task Expire_SlowBatch_KeepsWhatIsDoneAndTellsTheRest()
    {
        await using var emulation = await Emulation.StartAsync(
            new EmulatorSettings { Schedule = s_schedule with { Window = TimeSpan.FromSeconds(16.5) } });
        var batch = await emulation.SubmitAsync(TenLines);

        emulation.Time.Advance(TimeSpan.FromSeconds(17));
        var expired = await emulation.RetrieveAsync(batch);

        Assert.Equal("expired", expired.Text("status"));
        Assert.Equal(6, expired.Number("request_counts.completed") + expired.Number("request_counts.failed"));
        var errors = await emulation.ResultsAsync(batch, "error_file_id");
        Assert.Equal(4, errors.Count(line => line.At("error.code")?.GetValue<string>() == "batch_expired"));
    }

    [Fact]
    public async Task Expire_ByMarker_WaitsForTheWindow()
    {
        await using var emulation = await Emulation.StartAsync(new EmulatorSettings { Schedule = s_schedule });
        var batch = await emulation.SubmitAsync(Emulation.Line("a", "A fox"), Emulation.Line("b", "A bear [[expire]]"));

        emulation.Time.Advance(TimeSpan.FromHours(23));
        var waiting = await emulation.RetrieveAsync(batch);
        emulation.Time.Advance(TimeSpan.FromHours(1));
        var expired = await emulation.RetrieveAsync(batch);

        Assert.Equal(("in_progress", 1L), (waiting.Text("status"), waiting.Number("request_counts.completed")));
        Assert.Equal(expired.Number("expires_at"), expired.Number("expired_at"));
        Assert.Equal("b", Assert.Single(await emulation.ResultsAsync(batch, "error_file_id")).Text("custom_id"));
        Assert.Equal("a", Assert.Single(await emulation.ResultsAsync(batch)).Text("custom_id"));
    }

    [Fact]
    public async Task OutputExpiry_Passed_FileIsGone()
    {
        await using var emulation = await Emulation.StartInstantAsync();
        var file = await emulation.UploadAsync(TenLines);
        var batch = await emulation.RetrieveAsync(await emulation.CreateAsync(file.Text("id"), """,'output_expires_after':{'anchor':'created_at','seconds':3600}""".Replace('\'', '"')));
        _ = await emulation.ContentAsync(batch.Text("output_file_id"));

        emulation.Time.Advance(TimeSpan.FromSeconds(3601));
        using var gone = await emulation.Client.GetAsync(
            $"openai/v1/files/{batch.Text("output_file_id")}/content", TestContext.Current.CancellationToken);

        Assert.Equal(404, (int)gone.StatusCode);
    }

    private static async Task<System.Text.Json.Nodes.JsonObject> CancelAsync(Emulation emulation, string id) =>
        await Emulation.ReadAsync(
            await emulation.Client.PostAsync($"openai/v1/batches/{id}/cancel", null, TestContext.Current.CancellationToken));
}
