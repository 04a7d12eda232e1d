using Batchwork.Engine.Sheets;

namespace Batchwork.Engine.Tests.Drafts;

public sealed class DraftCheckTests(DraftFixture fixture) : IClassFixture<DraftFixture>
{
    [Fact]
    public async Task Check_MixedRows_CountsEachOnce()
    {
        var id = await fixture.UploadAsync("id,prompt,n\na,One,1\nb,,1\nc,Three,two\nd,One,1\n");
        await fixture.SetSizeAsync(id);

        var check = await fixture.CheckOfAsync(id);

        Assert.Equal((1, 1, 2, 0, 2), (check.Ready, check.Warnings, check.Errors, check.Skipped, check.Sendable));
        Assert.Equal(["prompt-empty", "n-not-read", "repeated-request"], check.Groups.Select(g => g.Problem.Code));
        Assert.Equal([3], check.Groups[0].FirstRows);
    }

    [Fact]
    public async Task Check_WarningOfTheLibraryThatWouldBeRefused_IsAnErrorInOurWords()
    {
        var id = await fixture.UploadAsync("prompt,size\nOne,1000x1000\nTwo,1000x1000\nThree,1024x1024\n");

        var group = Assert.Single((await fixture.CheckOfAsync(id)).Groups);

        Assert.Equal((RowCheck.Error, 2, "1024x1024"), (group.Problem.Severity, group.Rows, group.Problem.Suggestion));
        Assert.Equal("painter-1 is not known to make 1000x1000. Nearest to '1000x1000': 1024x1024.", group.Problem.Message);
    }

    [Fact]
    public async Task Check_RepeatedIds_NamesBothRows()
    {
        var id = await fixture.UploadAsync("id,prompt\na,One\nA,Two\n a ,Three\n");
        await fixture.SetSizeAsync(id);

        var rows = await fixture.RowsOfAsync(id);

        Assert.Equal([RowCheck.Ready, RowCheck.Warning, RowCheck.Error], rows.Select(r => r.Check));
        Assert.Equal("The id 'a' is already used by row 2. Each row needs its own.", rows[2].Problems[0].Message);
        Assert.Equal("similar-id", rows[1].Problems[0].Code);
    }

    [Fact]
    public async Task Check_GeneratedIdThatIsTaken_IsAnError()
    {
        var id = await fixture.UploadAsync("id,prompt\nrequest-1,One\n,Two\n");
        await fixture.SetSizeAsync(id);

        Assert.Equal("duplicate-id", (await fixture.RowsOfAsync(id))[1].Problems[0].Code);
    }

    [Fact]
    public async Task Check_OneBrokenLine_SaysOnlyThat()
    {
        var id = await fixture.UploadAsync("{\"prompt\":\"One\"}\n{\"prompt\":}\n", "x.jsonl");
        await fixture.SetSizeAsync(id);

        Assert.Equal("not-json", Assert.Single((await fixture.RowsOfAsync(id))[1].Problems).Code);
    }

    [Fact]
    public async Task Check_ModelNamedInTheSheet_IsChosenAndDifferencesAreTold()
    {
        var id = await fixture.UploadAsync("prompt,model\nOne,sketcher-1\nTwo,painter-1\n");

        var view = await fixture.GetAsync(id);

        Assert.Equal("sketcher-1", view.Settings.Model);
        Assert.Equal("model-differs", Assert.Single(view.Check!.Groups).Problem.Code);
    }

    [Fact]
    public async Task Check_PricesOfGroups_AreAddedAndUnknownStaysUnknown()
    {
        var id = await fixture.UploadAsync("prompt,n,size,quality\nA,2,1024x1024,low\nB,3,1024x1024,high\nC,1,1536x1024,high\nD,,1024x1024,low\n");

        var estimate = (await fixture.CheckOfAsync(id)).Estimate;

        Assert.Equal((4, 7L, 1), (estimate.Requests, estimate.Images, estimate.Parts));
        Assert.Equal([("1024x1024, low", 3L, (long?)5_000), ("1024x1024, high", 3L, 26_500L), ("1536x1024, high", 1L, null)], estimate.Lines.Select(l => (l.What, l.Images, l.MicroUsd)));
        Assert.Equal((94_500L, 1L), (estimate.MicroUsd, estimate.UnpricedImages));
    }

    [Fact]
    public async Task Check_RowsWithErrors_AreNotInTheEstimate()
    {
        var id = await fixture.UploadAsync("prompt,n\nA,2\n,5\n");
        await fixture.SetSizeAsync(id);

        Assert.Equal(2, (await fixture.CheckOfAsync(id)).Estimate.Images);
    }

    [Fact]
    public async Task Check_ManyRowsOneProblem_IsOneGroup()
    {
        var id = await fixture.UploadAsync("prompt,size\n" + string.Concat(Enumerable.Range(0, 3_000).Select(i => $"Prompt {i},999x999\n")));

        var group = Assert.Single((await fixture.CheckOfAsync(id)).Groups);

        Assert.Equal((3_000, 10), (group.Rows, group.FirstRows.Count));
        Assert.Equal(3_000, (await fixture.Queries.RowsAsync(fixture.Engine.Owner, id, 0, 10, onlyProblems: true, TestContext.Current.CancellationToken)).Total);
    }
}
