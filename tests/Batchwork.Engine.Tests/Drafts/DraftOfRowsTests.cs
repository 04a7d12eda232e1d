using Batchwork.Engine.Drafts;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Drafts;

public sealed class DraftOfRowsTests(DraftFixture fixture) : IClassFixture<DraftFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_OfRefusedRows_HasJustTheseWithTheirValuesIdsAndTheJobsSettings()
    {
        var jobId = await RefusedAsync("prompt,size,shelf\nA cat,,top\nA dog,1024x1024,low\nA fox,,low\n", "Spring.csv", 1, 2);

        var draftId = await fixture.Engine.Get<DraftOfRows>().CreateAsync(fixture.Engine.Owner, jobId, Refused, Token);

        var view = await fixture.GetAsync(draftId!.Value);
        Assert.Equal(("Spring – changed", "painter-1", "1024x1024"), (view.Settings.Name, view.Settings.Model, view.Settings.Size));
        Assert.Equal(["2 rows of “Spring” that OpenAI refused. Change what was wrong, then run them as a job of their own."], view.Sheet.Notices);
        Assert.Null(view.Earlier);
        var rows = await fixture.RowsOfAsync(draftId.Value);
        Assert.Equal([(3, "request-1", "A dog"), (4, "request-2", "A fox")], rows.Select(r => (r.Number, r.Cells["id"], r.Cells["prompt"])));
        Assert.Equal("1024x1024", rows[0].Cells["size"]);
        Assert.Equal(2, view.Check!.Ready);
    }

    [Fact]
    public async Task Create_OfAForeignJobOrOfNoRows_IsNothing()
    {
        var jobId = await RefusedAsync("prompt\nA hen\n", "Hens.csv");
        var stranger = new Actor("ana", "Ana", Guid.CreateVersion7(fixture.Engine.Time.GetUtcNow()), Role.Owner);

        Assert.Null(await fixture.Engine.Get<DraftOfRows>().CreateAsync(fixture.Engine.Owner, jobId, Refused, Token));
        Assert.Null(await fixture.Engine.Get<DraftOfRows>().CreateAsync(stranger, jobId, Refused, Token));
    }

    private static ProblemCause Refused => new()
    {
        State = RowState.Refused,
        Outcome = ResultOutcome.Refused,
        Code = "moderation_blocked",
        Message = null,
        Rows = 2,
        Examples = [],
        First = null,
        Last = null,
        CanRetry = false,
    };

    private async Task<Guid> RefusedAsync(string sheet, string name, params int[] refused)
    {
        var draftId = await fixture.UploadAsync(sheet, name);
        await fixture.SetSizeAsync(draftId);
        var jobId = await fixture.Engine.Get<JobStarter>().RunAsync(fixture.Engine.Owner, draftId, Token);
        await using var context = fixture.Engine.CreateContext();
        await context.JobRows.Where(r => r.JobId == jobId && refused.Contains(r.Index)).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, RowState.Refused).SetProperty(r => r.Outcome, ResultOutcome.Refused).SetProperty(r => r.ErrorCode, "moderation_blocked"),
            Token);
        return jobId;
    }
}
