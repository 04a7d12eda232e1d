using Batchwork.Engine.Auditing;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Workspaces;
using Batchwork.Testing.Engine;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Jobs;

public sealed class JobQueriesTests : IAsyncLifetime
{
    private TestEngine _engine = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private JobQueries Queries => _engine.Get<JobQueries>();

    public async ValueTask InitializeAsync() => _engine = await TestEngine.StartAsync(Token);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task List_SeveralJobs_ShowsTheNewestFirstWithItsLedger()
    {
        await SaveAsync("First", JobState.Done, b => b.Rows(3, RowState.Stored));
        await SaveAsync("Second", JobState.Running, b => b.Rows(2, RowState.Stored).Rows(4, RowState.Waiting));

        var jobs = await Queries.ListAsync(_engine.Owner, new JobFilter(), Token);

        Assert.Equal(["Second", "First"], jobs.Items.Select(j => j.Name));
        Assert.Equal([(6, 2), (3, 3)], jobs.Items.Select(j => (j.Ledger.Requested, j.Ledger.Stored)));
    }

    [Theory]
    [InlineData("spring", new[] { "Spring hats", "SPRING 100%" })]
    [InlineData("100%", new[] { "SPRING 100%" })]
    [InlineData("_", new string[0])]
    [InlineData("  ", new[] { "Winter", "Spring hats", "SPRING 100%" })]
    public async Task List_Search_FindsPartsOfNamesAndNoWildcards(string search, string[] expected)
    {
        await SaveAsync("SPRING 100%", JobState.Done);
        await SaveAsync("Spring hats", JobState.Done);
        await SaveAsync("Winter", JobState.Done);

        var jobs = await Queries.ListAsync(_engine.Owner, new JobFilter { Search = search }, Token);

        Assert.Equal(expected, jobs.Items.Select(j => j.Name));
        Assert.Equal(expected.Length, jobs.Total);
    }

    [Fact]
    public async Task List_StatesAndWindow_AreApplied()
    {
        for (var i = 0; i < 5; i++)
        {
            await SaveAsync($"Done {i}", JobState.Done);
        }

        await SaveAsync("Running", JobState.Running);

        var jobs = await Queries.ListAsync(_engine.Owner, new JobFilter { States = [JobState.Done, JobState.Cancelled], Offset = 1, Count = 2 }, Token);

        Assert.Equal(["Done 3", "Done 2"], jobs.Items.Select(j => j.Name));
        Assert.Equal((1, 5), (jobs.Offset, jobs.Total));
        Assert.Equal(5, (await Queries.CountAsync(_engine.Owner, Token))[JobState.Done]);
    }

    [Fact]
    public async Task EveryRead_OfAnotherWorkspacesJob_FindsNothing()
    {
        var job = await SaveAsync("Mine", JobState.Done, b => b.Rows(2, RowState.Failed, message: "No"));
        var stranger = await _engine.AddStrangerAsync(Token);

        await AssertNothingAsync(stranger, job);
    }

    [Fact]
    public async Task EveryRead_OfADeletedJob_FindsNothing()
    {
        var job = await SaveAsync("Mine", JobState.Done, b => b.Rows(2, RowState.Failed, message: "No"));
        await using (var context = _engine.CreateContext())
        {
            await context.Jobs.ExecuteUpdateAsync(set => set.SetProperty(j => j.DeletedAt, _engine.Time.GetUtcNow()), Token);
        }

        await AssertNothingAsync(_engine.Owner, job);
    }

    [Fact]
    public async Task Get_ARunningJob_TellsWhatARetryWouldSend()
    {
        var job = await SaveAsync("Mixed", JobState.DoneWithProblems, b => b
            .Rows(10, RowState.Stored)
            .Rows(2, RowState.Failed, requested: 2, outcome: ResultOutcome.Transient)
            .Rows(1, RowState.Failed, outcome: null)
            .Rows(4, RowState.Failed, outcome: ResultOutcome.Invalid)
            .Rows(3, RowState.Refused, outcome: ResultOutcome.Refused)
            .Rows(1, RowState.Missing)
            .Rows(1, RowState.Expired));

        var retry = (await Queries.GetAsync(_engine.Owner, job, Token))!.Retry;

        Assert.Equal(new RetryPreview(Rows: 5, Images: 7, MicroUsd: 7 * 26_500, NeedChange: 4), retry);
    }

    [Fact]
    public async Task Get_WithoutFinishedJobsOfTheModel_SaysThereIsNoHistory()
    {
        await FinishedAsync("openai", "gpt-image-1.5", minutes: 10);
        await FinishedAsync("google", "gpt-image-2", minutes: 10);
        var job = await SaveAsync("Now", JobState.Running);

        Assert.Equal(JobForecast.NoHistory, (await Queries.GetAsync(_engine.Owner, job, Token))!.Forecast);
    }

    [Fact]
    public async Task Get_WithFinishedJobsOfTheModel_JudgesByThem()
    {
        await FinishedAsync("openai", "gpt-image-2", minutes: 30);
        await FinishedAsync("openai", "gpt-image-2", minutes: 50);
        await FinishedAsync("openai", "gpt-image-2", minutes: 90);
        await FinishedAsync("openai", "gpt-image-2", minutes: 5_000, b => b.Tries(2));
        await FinishedAsync("openai", "gpt-image-2", minutes: 1, b => b.Demo());
        var job = await SaveAsync("Now", JobState.Running, b => b.Rows(2, RowState.Waiting));

        var forecast = (await Queries.GetAsync(_engine.Owner, job, Token))!.Forecast;

        Assert.Equal(new JobForecast(3, TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(90)), forecast);
        Assert.Equal(TimeSpan.FromMinutes(20), forecast.Remaining(TimeSpan.FromMinutes(30)));
        Assert.Null(forecast.Remaining(TimeSpan.FromMinutes(51)));
    }

    [Fact]
    public async Task Get_WithEnoughJobsOfItsSize_IgnoresMuchLargerOnes()
    {
        for (var i = 0; i < 3; i++)
        {
            await FinishedAsync("openai", "gpt-image-2", minutes: 10);
            await FinishedAsync("openai", "gpt-image-2", minutes: 600, b => b.Rows(100, RowState.Stored));
        }

        var job = await SaveAsync("Now", JobState.Running, b => b.Rows(2, RowState.Waiting));

        Assert.Equal(TimeSpan.FromMinutes(10), (await Queries.GetAsync(_engine.Owner, job, Token))!.Forecast.Typical);
    }

    [Fact]
    public async Task Rows_FilteredAndSearched_KeepTheSheetsOrderAndCountAll()
    {
        var job = await SaveAsync("Rows", JobState.Running, b => b
            .Rows(5, RowState.Stored).Rows(3, RowState.Failed, code: "server_error", message: "Try later").Rows(2, RowState.Waiting));

        var failed = await Queries.RowsAsync(_engine.Owner, job, new RowFilter { State = RowState.Failed, Offset = 1, Count = 10 }, Token);
        var byId = await Queries.RowsAsync(_engine.Owner, job, new RowFilter { Search = "SKU-009" }, Token);

        Assert.Equal([8, 9], failed.Items.Select(r => r.Number));
        Assert.Equal(3, failed.Total);
        Assert.All(failed.Items, r => Assert.Equal(("server_error", "Try later"), (r.ErrorCode, r.ErrorMessage)));
        var row = Assert.Single(byId.Items);
        Assert.Equal(("sku-009", RowState.Waiting, true), (row.CustomId, row.State, row.IsSent));
    }

    [Fact]
    public async Task Rows_WithAVeryLongPrompt_AreCut()
    {
        var job = await SaveAsync("Long", JobState.Running, b => b.Rows(1, RowState.Waiting).Prompts(_ => new string('x', 32_000)));

        Assert.Equal(300, Assert.Single((await Queries.RowsAsync(_engine.Owner, job, new RowFilter(), Token)).Items).Prompt.Length);
    }

    [Fact]
    public async Task Activity_ShowsTheLatestFirstWithItsPart()
    {
        var job = await SaveAsync("Timeline", JobState.Running, b => b.Rows(1, RowState.Waiting));
        await using (var context = _engine.CreateContext())
        {
            var part = await context.JobParts.SingleAsync(p => p.JobId == job, Token);
            for (var i = 0; i < 3; i++)
            {
                context.Activities.Add(new Activity
                {
                    Id = Guid.CreateVersion7(_engine.Time.GetUtcNow()),
                    WorkspaceId = _engine.WorkspaceId,
                    JobId = job,
                    PartId = i == 2 ? part.Id : null,
                    At = _engine.Time.GetUtcNow().AddSeconds(i),
                    Kind = ActivityKind.ProviderStatus,
                    Text = $"Entry {i}",
                });
            }

            await context.SaveChangesAsync(Token);
        }

        var entries = await Queries.ActivityAsync(_engine.Owner, job, 0, 2, Token);

        Assert.Equal([("Entry 2", (int?)1), ("Entry 1", null)], entries.Items.Select(a => (a.Text, a.PartNumber)));
        Assert.Equal(3, entries.Total);
    }

    private async Task AssertNothingAsync(Actor actor, Guid job)
    {
        Assert.Empty((await Queries.ListAsync(actor, new JobFilter(), Token)).Items);
        Assert.Empty(await Queries.CountAsync(actor, Token));
        Assert.Null(await Queries.GetAsync(actor, job, Token));
        Assert.Equal(0, (await Queries.RowsAsync(actor, job, new RowFilter(), Token)).Total);
        Assert.Equal(JobProblems.None, await Queries.ProblemsAsync(actor, job, Token));
        Assert.Equal(0, (await Queries.ActivityAsync(actor, job, 0, 10, Token)).Total);
    }

    private Task<Guid> FinishedAsync(string provider, string model, int minutes, Action<JobBuilder>? change = null) => SaveAsync(
        "Earlier",
        JobState.Done,
        b =>
        {
            b.Of(provider, model).Took(TimeSpan.FromMinutes(minutes)).Rows(2, RowState.Stored);
            change?.Invoke(b);
        });

    private async Task<Guid> SaveAsync(string name, JobState state, Action<JobBuilder>? change = null)
    {
        _engine.Time.Advance(TimeSpan.FromMinutes(1));
        var builder = new JobBuilder(_engine).Named(name).In(state);
        change?.Invoke(builder);
        return await builder.SaveAsync(Token);
    }
}
