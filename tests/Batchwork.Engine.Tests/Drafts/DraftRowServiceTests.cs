using Batchwork.Engine.Drafts;
using Batchwork.Engine.Sheets;

namespace Batchwork.Engine.Tests.Drafts;

public sealed class DraftRowServiceTests(DraftFixture fixture) : IClassFixture<DraftFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EditCell_WrongCell_MakesTheRowReady()
    {
        var id = await fixture.UploadAsync("prompt,n\nA,two\n");
        await fixture.SetSizeAsync(id);

        Assert.Equal(DraftOutcome.Saved, await fixture.Rows.EditCellAsync(fixture.Engine.Owner, id, 0, SheetFields.N, "2", Token));

        var row = Assert.Single(await fixture.RowsOfAsync(id));
        Assert.Equal((RowCheck.Ready, 2, ValueOrigin.Row), (row.Check, row.Request.N.Value, row.Request.N.Origin));
    }

    [Fact]
    public async Task EditCell_Blank_GoesBackToTheDefault()
    {
        var id = await fixture.UploadAsync("prompt,size\nA,1536x1024\n");
        await fixture.SetSizeAsync(id);

        await fixture.Rows.EditCellAsync(fixture.Engine.Owner, id, 0, SheetFields.Size, " ", Token);

        Assert.Equal(ValueOrigin.Default, (await fixture.RowsOfAsync(id))[0].Request.Size.Origin);
    }

    [Fact]
    public async Task EditCell_RowThatWasTooLong_TakesThePersonsWord()
    {
        var id = await fixture.UploadAsync("prompt,n\nA cat, sitting, 1\n");
        await fixture.SetSizeAsync(id);

        await fixture.Rows.EditCellAsync(fixture.Engine.Owner, id, 0, SheetFields.N, "1", Token);

        Assert.Equal(RowCheck.Ready, (await fixture.RowsOfAsync(id))[0].Check);
    }

    [Theory]
    [InlineData(0, "nonsense")]
    [InlineData(99, "prompt")]
    public async Task EditCell_WhatIsNotThere_IsNotFound(int index, string field)
    {
        var id = await fixture.UploadAsync("prompt\nA\n");

        Assert.Equal(DraftOutcome.NotFound, await fixture.Rows.EditCellAsync(fixture.Engine.Owner, id, index, field, "x", Token));
    }

    [Fact]
    public async Task ApplySuggestion_ValuesOfRows_ChangesThoseRowsAndCanBeUndone()
    {
        var id = await fixture.UploadAsync("prompt,size\nA,1000x1000\nB,1536x1024\nC,1000x1000\n");
        var group = Assert.Single((await fixture.CheckOfAsync(id)).Groups);

        await fixture.Rows.ApplySuggestionAsync(fixture.Engine.Owner, id, ProblemKey.Of(group.Problem), Token);

        Assert.Equal(["1024x1024", "1536x1024", "1024x1024"], (await fixture.RowsOfAsync(id)).Select(r => r.Request.Size.Value));
        var view = await fixture.GetAsync(id);
        Assert.Equal(("size 1024x1024 for 2 rows", 0), (view.Undo, view.Check!.Errors));

        await fixture.Rows.UndoAsync(fixture.Engine.Owner, id, Token);

        Assert.Equal(["1000x1000", "1536x1024", "1000x1000"], (await fixture.RowsOfAsync(id)).Select(r => r.Request.Size.Value));
        Assert.Null((await fixture.GetAsync(id)).Undo);
    }

    [Fact]
    public async Task ApplySuggestion_ValueOfTheDefault_ChangesTheDefault()
    {
        var id = await fixture.UploadAsync("prompt,size\nA,\nB,1000x1000\n");
        await fixture.SetAsync(id, s => s with { Size = "1000x1000" });
        var group = Assert.Single((await fixture.CheckOfAsync(id)).Groups);

        await fixture.Rows.ApplySuggestionAsync(fixture.Engine.Owner, id, ProblemKey.Of(group.Problem), Token);

        Assert.Equal("1024x1024", (await fixture.GetAsync(id)).Settings.Size);
        Assert.Equal([(ValueOrigin.Default, "1024x1024"), (ValueOrigin.Row, "1024x1024")], (await fixture.RowsOfAsync(id)).Select(r => (r.Request.Size.Origin, r.Request.Size.Value!)));

        await fixture.Rows.UndoAsync(fixture.Engine.Owner, id, Token);

        Assert.Equal("1000x1000", (await fixture.GetAsync(id)).Settings.Size);
    }

    [Fact]
    public async Task SkipGroup_ThenUndo_LeavesOutAndTakesBackIn()
    {
        var id = await fixture.UploadAsync("prompt\nA\n\"\u200b\"\nB\n");
        await fixture.SetSizeAsync(id);
        var group = Assert.Single((await fixture.CheckOfAsync(id)).Groups);

        await fixture.Rows.SkipGroupAsync(fixture.Engine.Owner, id, ProblemKey.Of(group.Problem), Token);

        var check = await fixture.CheckOfAsync(id);
        Assert.Equal((2, 0, 1), (check.Ready, check.Errors, check.Skipped));
        Assert.Empty(await fixture.RowsOfAsync(id, onlyProblems: true));

        await fixture.Rows.UndoAsync(fixture.Engine.Owner, id, Token);

        Assert.Equal(1, (await fixture.CheckOfAsync(id)).Errors);
    }

    [Fact]
    public async Task SkipErrors_Warnings_StayIn()
    {
        var id = await fixture.UploadAsync("prompt,n\nA,1\nA,1\nB,two\n");
        await fixture.SetSizeAsync(id);

        await fixture.Rows.SkipErrorsAsync(fixture.Engine.Owner, id, Token);

        var check = await fixture.CheckOfAsync(id);
        Assert.Equal((1, 1, 0, 1), (check.Ready, check.Warnings, check.Errors, check.Skipped));
    }

    [Fact]
    public async Task SkipRow_AndBack_OneRow()
    {
        var id = await fixture.UploadAsync("prompt\nA\nB\n");

        await fixture.Rows.SkipRowAsync(fixture.Engine.Owner, id, 1, skipped: true, Token);
        Assert.Equal([false, true], (await fixture.RowsOfAsync(id)).Select(r => r.Skipped));

        await fixture.Rows.SkipRowAsync(fixture.Engine.Owner, id, 1, skipped: false, Token);
        Assert.Equal(0, (await fixture.CheckOfAsync(id)).Skipped);
    }

    [Fact]
    public async Task MakeIdsUnique_RepeatedIds_GetsFreeOnes()
    {
        var id = await fixture.UploadAsync("id,prompt\ncat,A\ncat,B\ncat-2,C\ncat,D\n");
        await fixture.SetSizeAsync(id);
        var group = Assert.Single((await fixture.CheckOfAsync(id)).Groups);

        await fixture.Rows.MakeIdsUniqueAsync(fixture.Engine.Owner, id, ProblemKey.Of(group.Problem), Token);

        Assert.Equal(["cat", "cat-3", "cat-2", "cat-4"], (await fixture.RowsOfAsync(id)).Select(r => r.Request.CustomId));
        Assert.Equal(0, (await fixture.CheckOfAsync(id)).Errors);
    }
}
