using System.Text;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Tests.Drafts;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Jobs;

public sealed class JobStarterTests(DraftFixture fixture) : IClassFixture<DraftFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private JobStarter Starter => fixture.Engine.Get<JobStarter>();

    [Fact]
    public async Task Run_ReadyDraft_FreezesRowsSettingsAndParts()
    {
        var id = await fixture.UploadAsync("id,prompt,n,size,sku\na,One,2,,7\nb,Skip me,1,,8\nc,Three,,1536x1024,9\n", "Spring.csv");
        await fixture.SetAsync(id, s => (s with { Size = "1024x1024" }).WithOption("quality", "low"));
        await fixture.Rows.SkipRowAsync(fixture.Engine.Owner, id, 1, skipped: true, Token);
        var wakes = fixture.Signal.Wakes;

        var jobId = await Starter.RunAsync(fixture.Engine.Owner, id, Token);

        await using var context = fixture.Engine.CreateContext();
        var job = await context.Jobs.SingleAsync(j => j.Id == jobId, Token);
        Assert.Equal(("Spring", JobState.Submitting, 2, 3L, "painter-1"), (job.Name, job.State, job.RequestedRows, job.RequestedImages, job.Model));
        Assert.Equal(("1024x1024", """{"quality":"low"}"""), (job.Defaults.Size, job.Defaults.ProviderOptions!["openai"].ToJsonString()));
        var rows = await context.JobRows.Where(r => r.JobId == jobId).OrderBy(r => r.Index).ToListAsync(Token);
        Assert.Equal([("a", RowState.Waiting, 2), ("skipped-1 ", RowState.Skipped, 0), ("c", RowState.Waiting, 1)], rows.Select(r => (r.CustomId, r.State, r.RequestedImages)));
        Assert.Equal((null, "1536x1024", "9", 4), (rows[0].Own.Size, rows[2].Own.Size, rows[2].Extra!["sku"], rows[2].Number));
        var part = await context.JobParts.SingleAsync(p => p.JobId == jobId, Token);
        Assert.Equal((1, 2, PartState.Ready, fixture.Engine.Time.GetUtcNow()), (part.Number, part.RequestCount, part.State, part.NextCheckAt!.Value));
        Assert.Equal([part.Id, null, part.Id], rows.Select(r => r.PartId));
        Assert.Equal(ActivityKind.Created, (await context.Activities.SingleAsync(a => a.JobId == jobId, Token)).Kind);
        Assert.Equal(wakes + 1, fixture.Signal.Wakes);
        Assert.Equal(jobId, (await fixture.GetAsync(id)).JobId);
    }

    [Fact]
    public async Task Run_ManyAtOnce_GivesOneJob()
    {
        var id = await fixture.UploadAsync("prompt\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"Prompt {i}\n")));
        await fixture.SetSizeAsync(id);

        var jobs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Starter.RunAsync(fixture.Engine.Owner, id, Token)));

        Assert.Single(jobs.Distinct());
        await using var context = fixture.Engine.CreateContext();
        Assert.Equal((1, 500), (await context.Jobs.CountAsync(j => j.DraftId == id, Token), await context.JobRows.CountAsync(r => r.JobId == jobs[0], Token)));
    }

    [Fact]
    public async Task Run_RowsWithErrors_StartsNothingAndSaysHowMany()
    {
        var id = await fixture.UploadAsync("prompt,n\nA,1\nB,two\n,1\n");
        await fixture.SetSizeAsync(id);

        var refused = await Assert.ThrowsAsync<DraftNotReadyException>(() => Starter.RunAsync(fixture.Engine.Owner, id, Token));

        Assert.StartsWith("2 rows cannot be sent.", refused.Message, StringComparison.Ordinal);
        await using var context = fixture.Engine.CreateContext();
        Assert.False(await context.Jobs.AnyAsync(j => j.DraftId == id, Token));
    }

    [Fact]
    public async Task Run_ChangedSinceItWasShown_StartsNothing()
    {
        var id = await fixture.UploadAsync("prompt\nA\n");
        var shown = await fixture.GetAsync(id);
        await fixture.SetSizeAsync(id);

        await Assert.ThrowsAsync<DraftNotReadyException>(() => Starter.RunAsync(fixture.Engine.Owner, id, shown.Revision, Token));
    }

    [Fact]
    public async Task Run_EveryRowSkipped_StartsNothing()
    {
        var id = await fixture.UploadAsync("prompt\nA\n");
        await fixture.Rows.SkipRowAsync(fixture.Engine.Owner, id, 0, skipped: true, Token);

        await Assert.ThrowsAsync<DraftNotReadyException>(() => Starter.RunAsync(fixture.Engine.Owner, id, Token));
    }

    [Fact]
    public async Task Run_ForeignOrWithoutRights_StartsNothing()
    {
        var id = await fixture.UploadAsync("prompt\nA\n");
        var stranger = new Actor("ana", "Ana", Guid.CreateVersion7(fixture.Engine.Time.GetUtcNow()), Role.Owner);

        await Assert.ThrowsAsync<DraftNotReadyException>(() => Starter.RunAsync(stranger, id, Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => Starter.RunAsync(fixture.Engine.As(Role.Reviewer), id, Token));
    }

    [Fact]
    public async Task Run_AfterItRan_CannotBeChangedAnyMore()
    {
        var id = await fixture.UploadAsync("prompt,size\nA,1024x1024\n");
        await Starter.RunAsync(fixture.Engine.Owner, id, Token);

        Assert.Equal(DraftOutcome.AlreadyRun, await fixture.Rows.EditCellAsync(fixture.Engine.Owner, id, 0, "prompt", "x", Token));
    }

    [Fact]
    public async Task Run_MoreRowsThanABatchHolds_MakesParts()
    {
        var before = fixture.Provider.Capabilities;
        fixture.Provider.Capabilities = before with { MaxRequests = 2 };
        try
        {
            var id = await fixture.UploadAsync("prompt,size\nA,1024x1024\nB,1024x1024\nC,1024x1024\n");

            var jobId = await Starter.RunAsync(fixture.Engine.Owner, id, Token);

            await using var context = fixture.Engine.CreateContext();
            Assert.Equal([(1, 2), (2, 1)], (await context.JobParts.Where(p => p.JobId == jobId).OrderBy(p => p.Number).ToListAsync(Token)).Select(p => (p.Number, p.RequestCount)));
        }
        finally
        {
            fixture.Provider.Capabilities = before;
        }
    }

    [Fact]
    public async Task Run_FiftyThousandRows_StoresThemAll()
    {
        var text = new StringBuilder("id,prompt,n,size,quality,sku\n");
        for (var i = 0; i < 50_000; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"row-{i},\"A red bicycle number {i} against a blue wall, hard noon light, product photograph\",{(i % 4) + 1},1024x1024,{(i % 2 == 0 ? "low" : "")},s{i}\n");
        }

        var clock = System.Diagnostics.Stopwatch.StartNew();
        var id = await fixture.UploadAsync(text.ToString());
        TestContext.Current.TestOutputHelper?.WriteLine($"upload and check: {clock.ElapsedMilliseconds} ms");
        clock.Restart();
        await fixture.SetAsync(id, s => s.WithOption("quality", "high"));
        TestContext.Current.TestOutputHelper?.WriteLine($"new default and check: {clock.ElapsedMilliseconds} ms");
        clock.Restart();
        await fixture.SetAsync(id, s => s with { Model = "sketcher-1" });
        TestContext.Current.TestOutputHelper?.WriteLine($"check with new problems in most rows: {clock.ElapsedMilliseconds} ms");
        await fixture.SetAsync(id, s => s with { Model = "painter-1" });
        clock.Restart();

        var jobId = await Starter.RunAsync(fixture.Engine.Owner, id, Token);

        TestContext.Current.TestOutputHelper?.WriteLine($"start: {clock.ElapsedMilliseconds} ms");
        await using var context = fixture.Engine.CreateContext();
        Assert.Equal(50_000, await context.JobRows.CountAsync(r => r.JobId == jobId && r.State == RowState.Waiting, Token));
        Assert.Equal((50_000, 125_000L), (await context.Jobs.Where(j => j.Id == jobId).Select(j => j.RequestedRows).SingleAsync(Token), await context.Jobs.Where(j => j.Id == jobId).Select(j => j.RequestedImages).SingleAsync(Token)));
    }
}
