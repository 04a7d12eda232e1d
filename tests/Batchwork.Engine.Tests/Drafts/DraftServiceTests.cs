using Batchwork.Engine.Drafts;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Drafts;

public sealed class DraftServiceTests(DraftFixture fixture) : IClassFixture<DraftFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_OfASheet_StartsWithTheOnlyAccountAndItsFirstModel()
    {
        var view = await fixture.GetAsync(await fixture.UploadAsync("prompt\nA cat\n", "Spring.csv"));

        Assert.Equal(("Spring", "Main", "painter-1", 2), (view.Settings.Name, view.Connection!.Label, view.Settings.Model, view.Step));
    }

    [Fact]
    public async Task Create_SecondDraftOfAPerson_StartsAsTheFirstWasSet()
    {
        var first = await fixture.UploadAsync("prompt\nA cat\n");
        await using var context = fixture.Engine.CreateContext();
        await context.Drafts.Where(d => d.Id == first).ExecuteUpdateAsync(set => set.SetProperty(d => d.CreatedBy, "cleo").SetProperty(d => d.Model, "sketcher-1"), Token);

        var second = await fixture.Drafts.CreateAsync(new Actor("cleo", "Ana", fixture.Engine.Owner.WorkspaceId, Role.Owner), (await fixture.GetAsync(first)).Sheet.Id, Token);

        Assert.Equal("sketcher-1", (await fixture.GetAsync(second!.Value)).Settings.Model);
    }

    [Fact]
    public async Task Create_OfAForeignSheet_IsNothing()
    {
        var id = await fixture.UploadAsync("prompt\nA cat\n");
        var stranger = new Actor("ana", "Ana", Guid.CreateVersion7(fixture.Engine.Time.GetUtcNow()), Role.Owner);

        Assert.Null(await fixture.Drafts.CreateAsync(stranger, (await fixture.GetAsync(id)).Sheet.Id, Token));
        Assert.Null(await fixture.Queries.GetAsync(stranger, id, Token));
        Assert.Equal(0, (await fixture.Queries.RowsAsync(stranger, id, 0, 10, false, Token)).Total);
        Assert.Equal(DraftOutcome.NotFound, await fixture.Rows.EditCellAsync(stranger, id, 0, "prompt", "x", Token));
        Assert.False(await fixture.Drafts.DeleteAsync(stranger, id, Token));
    }

    [Fact]
    public async Task CreateDemo_Always_UsesTheDemoConnectionAndHasThreeProblems()
    {
        var view = await fixture.GetAsync(await fixture.Drafts.CreateDemoAsync(fixture.Engine.Owner, Token));

        Assert.True(view.Connection!.IsDemo);
        Assert.Equal((24, 3), (view.Sheet.RowCount, view.Check!.Errors));
        Assert.Equal(0, view.Check.Estimate.MicroUsd);
        Assert.Null(view.Earlier);
    }

    [Fact]
    public async Task UpdateSettings_Values_AreSavedAndShownWithTheirOrigin()
    {
        var id = await fixture.UploadAsync("prompt,quality\nA,\nB,high\n");

        Assert.Equal(DraftOutcome.Saved, await fixture.SetAsync(id, s => (s with { Size = "1024x1024", N = 2, Name = " New\nname " }).WithOption("quality", "low")));

        var view = await fixture.GetAsync(id);
        Assert.Equal(("New name", 2, "1024x1024", "low"), (view.Settings.Name, view.Settings.N, view.Settings.Size, view.Settings.Option("quality")));
        var rows = await fixture.RowsOfAsync(id);
        Assert.Equal([ValueOrigin.Default, ValueOrigin.Row], rows.Select(r => r.Request.Options["quality"].Origin));
    }

    [Fact]
    public async Task UpdateSettings_OfAnOlderRevision_IsAConflictAndSavesNothing()
    {
        var id = await fixture.UploadAsync("prompt\nA\n");
        var seen = await fixture.GetAsync(id);
        await fixture.SetSizeAsync(id);

        Assert.Equal(DraftOutcome.Conflict, await fixture.Drafts.UpdateSettingsAsync(fixture.Engine.Owner, id, seen.Revision, seen.Settings with { Name = "Other" }, Token));

        Assert.Equal("1024x1024", (await fixture.GetAsync(id)).Settings.Size);
    }

    [Fact]
    public async Task UpdateSettings_ModelThatTakesLess_DropsWhatItDoesNotTake()
    {
        var id = await fixture.UploadAsync("prompt\nA\n");
        await fixture.SetAsync(id, s => (s with { Size = "1024x1024" }).WithOption("quality", "low"));

        await fixture.SetAsync(id, s => s with { Model = "sketcher-1", AspectRatio = "16:9", Seed = 7 });

        var settings = (await fixture.GetAsync(id)).Settings;
        Assert.Equal((null, "16:9", 7L, null), (settings.Size, settings.AspectRatio, settings.Seed, settings.Option("quality")));
    }

    [Fact]
    public async Task UpdateSettings_ByAReviewer_IsNotAllowed()
    {
        var id = await fixture.UploadAsync("prompt\nA\n");
        var view = await fixture.GetAsync(id);

        await Assert.ThrowsAsync<NotAllowedException>(() => fixture.Drafts.UpdateSettingsAsync(fixture.Engine.As(Role.Reviewer), id, view.Revision, view.Settings, Token));
    }

    [Fact]
    public async Task Get_SameFileAgain_NamesTheEarlierDraft()
    {
        var first = await fixture.UploadAsync("prompt\nSame file twice\n", "first.csv");

        var view = await fixture.GetAsync(await fixture.UploadAsync("prompt\nSame file twice\n", "second.csv"));

        Assert.Equal(("first", first, (Guid?)null), (view.Earlier!.Name, view.Earlier.DraftId, view.Earlier.JobId));
    }

    [Fact]
    public async Task Delete_AndRestore_TakesItOutOfListsAndBack()
    {
        var id = await fixture.UploadAsync("prompt\nA\n");

        Assert.True(await fixture.Drafts.DeleteAsync(fixture.Engine.Owner, id, Token));
        Assert.Null(await fixture.Queries.GetAsync(fixture.Engine.Owner, id, Token));
        Assert.DoesNotContain(await fixture.Queries.ListAsync(fixture.Engine.Owner, 100, Token), d => d.Id == id);

        Assert.True(await fixture.Drafts.RestoreAsync(fixture.Engine.Owner, id, Token));
        Assert.Contains(await fixture.Queries.ListAsync(fixture.Engine.Owner, 100, Token), d => d.Id == id);
    }

    [Fact]
    public async Task EnsureChecked_AfterACrashBeforeTheCheck_ChecksAgain()
    {
        var id = await fixture.UploadAsync("prompt\nA\n");
        await using var context = fixture.Engine.CreateContext();
        await context.Drafts.Where(d => d.Id == id).ExecuteUpdateAsync(set => set.SetProperty(d => d.Revision, d => d.Revision + 1), Token);
        Assert.Null((await fixture.GetAsync(id)).Check);

        await fixture.Drafts.EnsureCheckedAsync(fixture.Engine.Owner, id, Token);

        Assert.NotNull((await fixture.GetAsync(id)).Check);
    }

    [Fact]
    public async Task GoToStep_Review_IsRemembered()
    {
        var id = await fixture.UploadAsync("prompt\nA\n");

        await fixture.Drafts.GoToStepAsync(fixture.Engine.Owner, id, 3, Token);

        Assert.Equal(3, (await fixture.GetAsync(id)).Step);
    }
}
