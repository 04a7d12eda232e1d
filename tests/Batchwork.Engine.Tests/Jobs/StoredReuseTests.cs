using Batchwork.Engine.Jobs;
using Batchwork.Engine.Tests.Drafts;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Jobs;

/// <summary>Pictures of the same request are offered, and used only when a person says so.</summary>
public sealed class StoredReuseTests(DraftFixture fixture) : IClassFixture<DraftFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Preview_SameRequestsStored_CountsThemAndNotTheirLikes()
    {
        await StoredJobAsync("prompt,n\nA reused cat,1\nA reused dog,2\n");
        var draft = await DraftAsync("id,prompt,n\nother-id,A reused cat,1\nb,A reused dog,1\nc,A reused dog,2\nd,New,1\n");

        Assert.Equal(new ReusePreview(2, 3), await fixture.Engine.Get<ReuseQueries>().ReadAsync(fixture.Engine.Owner, draft, Token));
    }

    [Fact]
    public async Task Preview_OtherSettingsOrWorkspace_OffersNothing()
    {
        await StoredJobAsync("prompt\nAn owl\n");
        var draft = await DraftAsync("prompt\nAn owl\n", size: "1536x1024");
        var stranger = await fixture.Engine.AddStrangerAsync(Token);

        Assert.Equal(new ReusePreview(0, 0), await fixture.Engine.Get<ReuseQueries>().ReadAsync(fixture.Engine.Owner, draft, Token));
        Assert.Equal(new ReusePreview(0, 0), await fixture.Engine.Get<ReuseQueries>().ReadAsync(stranger, draft, Token));
    }

    [Fact]
    public async Task Run_WithoutSayingSo_SendsEverything()
    {
        await StoredJobAsync("prompt\nA horse\n");

        var job = await RunAsync(await DraftAsync("prompt\nA horse\n"), reuse: false);

        Assert.All(await RowsAsync(job), row => Assert.Equal((RowState.Waiting, (Guid?)null), (row.State, row.ReusedFrom)));
    }

    [Fact]
    public async Task Run_WithStoredPictures_SendsAndPricesOnlyTheRest()
    {
        var stored = await StoredJobAsync("prompt\nA swan\n");

        var job = await RunAsync(await DraftAsync("prompt\nA swan\nA fresh swan\n"), reuse: true);

        await using var context = fixture.Engine.CreateContext();
        var read = await context.Jobs.SingleAsync(j => j.Id == job, Token);
        var rows = await RowsAsync(job);
        Assert.Equal((2, 2L, 1), (read.RequestedRows, read.RequestedImages, read.Estimate.Requests));
        Assert.Equal([(RowState.Stored, 1), (RowState.Waiting, 0)], rows.Select(r => (r.State, r.StoredImages)));
        Assert.Equal((await RowsAsync(stored))[0].Id, rows[0].ReusedFrom);
        Assert.Equal(1, (await context.JobParts.SingleAsync(p => p.JobId == job, Token)).RequestCount);
        var picture = await context.StoredImages.SingleAsync(i => i.JobId == job, Token);
        Assert.Equal((await context.StoredImages.SingleAsync(i => i.JobId == stored, Token)).Sha256, picture.Sha256);
    }

    [Fact]
    public async Task Run_EverythingStored_IsDoneAtOnceAndCostsNothing()
    {
        await StoredJobAsync("prompt\nA crow\n");

        var job = await RunAsync(await DraftAsync("prompt\nA crow\n"), reuse: true);

        await using var context = fixture.Engine.CreateContext();
        var read = await context.Jobs.SingleAsync(j => j.Id == job, Token);
        Assert.Equal((JobState.Done, 0L), (read.State, read.Estimate.MicroUsd));
        Assert.True((await fixture.Engine.Get<JobQueries>().GetAsync(fixture.Engine.Owner, job, Token))!.Summary.Ledger.Adds);
    }

    [Fact]
    public async Task Repair_FailedRowsWithStoredPictures_AreFilledWithoutPaying()
    {
        await StoredJobAsync("prompt\nA heron\n");
        var job = await RunAsync(await DraftAsync("prompt\nA heron\nA stork\n"), reuse: false);
        await EndAsync(job, RowState.Failed);
        var preview = (await fixture.Engine.Get<JobQueries>().GetAsync(fixture.Engine.Owner, job, Token))!.Retry;
        Assert.Equal((2, 1), (preview.Rows, preview.Reusable));

        Assert.Equal(1, await fixture.Engine.Get<JobService>().ReuseStoredAsync(fixture.Engine.Owner, job, Token));
        Assert.Equal(0, await fixture.Engine.Get<JobService>().ReuseStoredAsync(fixture.Engine.Owner, job, Token));

        Assert.Equal([RowState.Stored, RowState.Failed], (await RowsAsync(job)).Select(r => r.State));
    }

    private async Task<Guid> DraftAsync(string sheet, string size = "1024x1024")
    {
        var id = await fixture.UploadAsync(sheet);
        await fixture.SetAsync(id, s => s with { Size = size });
        return id;
    }

    private async Task<Guid> RunAsync(Guid draft, bool reuse) =>
        await fixture.Engine.Get<JobStarter>().RunAsync(fixture.Engine.Owner, draft, null, reuse, Token);

    private async Task<Guid> StoredJobAsync(string sheet)
    {
        var job = await RunAsync(await DraftAsync(sheet), reuse: false);
        await EndAsync(job, RowState.Stored);
        return job;
    }

    private async Task EndAsync(Guid job, RowState state)
    {
        await using var context = fixture.Engine.CreateContext();
        foreach (var row in await context.JobRows.Where(r => r.JobId == job).ToListAsync(Token))
        {
            row.State = state;
            row.StoredImages = state == RowState.Stored ? row.RequestedImages : 0;
            for (var index = 0; index < row.StoredImages; index++)
            {
                context.StoredImages.Add(new Engine.Images.StoredImage
                {
                    Id = Guid.CreateVersion7(fixture.Engine.Time.GetUtcNow()),
                    WorkspaceId = row.WorkspaceId,
                    JobId = job,
                    RowId = row.Id,
                    RowIndex = row.Index,
                    TryNumber = row.TryNumber,
                    Index = index,
                    Sha256 = row.Id.ToString("N") + index.ToString("x32", System.Globalization.CultureInfo.InvariantCulture),
                    MediaType = "image/png",
                    Bytes = 10,
                    Crc32 = 1,
                    Width = 8,
                    Height = 8,
                    StoredAt = fixture.Engine.Time.GetUtcNow(),
                });
            }
        }

        await context.SaveChangesAsync(Token);
        await context.JobParts.Where(p => p.JobId == job).ExecuteUpdateAsync(set => set.SetProperty(p => p.State, PartState.Closed), Token);
        await context.Jobs.Where(j => j.Id == job).ExecuteUpdateAsync(set => set.SetProperty(j => j.State, JobState.DoneWithProblems), Token);
    }

    private async Task<List<JobRow>> RowsAsync(Guid job)
    {
        await using var context = fixture.Engine.CreateContext();
        return await context.JobRows.AsNoTracking().Where(r => r.JobId == job).OrderBy(r => r.Index).ToListAsync(Token);
    }
}
