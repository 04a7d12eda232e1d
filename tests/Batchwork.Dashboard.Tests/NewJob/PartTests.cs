using System.Globalization;
using Batchwork.Dashboard.Features.NewJob;
using Batchwork.Engine.Costs;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Sheets;
using Bunit;
using MudBlazor.Services;

namespace Batchwork.Dashboard.Tests.NewJob;

/// <summary>The parts of the draft page, each by itself.</summary>
public sealed class PartTests : IAsyncLifetime
{
    private readonly BunitContext _context = new();

    public PartTests()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-US");
        _context.Services.AddMudServices();
        _context.JSInterop.Mode = JSRuntimeMode.Loose;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public void ReviewCard_ReadyDraft_HasTheButtonWithTheTrueNumber()
    {
        var ran = 0;
        var card = _context.Render<ReviewCard>(p => p.Add(c => c.View, TestDraft.View()).Add(c => c.OnRun, () => ran++));

        var button = card.FindAll("button").Single(b => b.TextContent.Contains("Run", StringComparison.Ordinal));
        button.Click();

        Assert.Equal(("Run 4,871 rows", 1), (button.TextContent.Trim(), ran));
        Assert.Contains("about $129.08", card.Markup, StringComparison.Ordinal);
        Assert.Contains("4,871 × $0.0265 (batch)", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void ReviewCard_GermanReader_SeesGermanNumbers()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

        var card = _context.Render<ReviewCard>(p => p.Add(c => c.View, TestDraft.View()));

        Assert.Contains("Run 4.871 rows", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void ReviewCard_RowsWithErrors_CannotRunAndOffersToSkipThem()
    {
        var skipped = 0;
        var card = _context.Render<ReviewCard>(p => p.Add(c => c.View, TestDraft.View(TestDraft.Check(21, errors: 3))).Add(c => c.OnSkipErrors, () => skipped++));

        Assert.True(card.FindAll("button").Single(b => b.TextContent.Contains("Run 21 rows", StringComparison.Ordinal)).HasAttribute("disabled"));
        card.FindAll("button").Single(b => b.TextContent.Trim() == "Skip these 3 rows").Click();
        Assert.Equal(1, skipped);
    }

    [Fact]
    public void ReviewCard_NoConnection_SaysWhatIsMissing()
    {
        var card = _context.Render<ReviewCard>(p => p.Add(c => c.View, TestDraft.View() with { Connection = null }));

        Assert.Contains("No connection is chosen.", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void ReviewCard_WithABudget_TellsWhatIsLeftAndUntilWhen()
    {
        var budget = new BudgetState
        {
            Name = "This workspace",
            LimitMicroUsd = 200_000_000,
            ChargedMicroUsd = 139_000_000,
            UnknownRows = 0,
            UnknownMicroUsd = 0,
            HeldMicroUsd = 0,
            ResetsAt = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero),
        };

        var card = _context.Render<ReviewCard>(p => p.Add(c => c.View, TestDraft.View()).Add(c => c.Budget, budget));

        Assert.Contains("$61.00 of $200.00 until", card.Markup, StringComparison.Ordinal);
        Assert.Equal("1 December 00:00 UTC", card.Find("time").TextContent);
    }

    [Fact]
    public void CostFacts_UnknownPrices_AreNeverNothing()
    {
        var estimate = new JobEstimate { Requests = 1, Images = 5, Parts = 1, Lines = [new PriceLine("2K", 5, null, null, null)] };

        Assert.Contains("Price not known", _context.Render<CostFacts>(p => p.Add(c => c.Estimate, estimate)).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void CostFacts_Demo_IsFree()
    {
        var cost = _context.Render<CostFacts>(p => p.Add(c => c.Estimate, TestDraft.Check(24).Estimate).Add(c => c.IsDemo, true));

        Assert.Equal("$0.00 (demo)", cost.Find(".cost-sum").TextContent);
    }

    [Fact]
    public void ProblemList_Group_OffersItsSuggestionForAllItsRows()
    {
        GroupAct? act = null;
        var list = _context.Render<ProblemList>(p => p
            .Add(c => c.Check, TestDraft.Check(4_871, 96, 33, 0, TestDraft.SizeGroup))
            .Add(c => c.Act, a => act = a));

        Assert.Equal("4,871 ready · 96 warnings · 33 errors", string.Join(' ', list.Find("h2").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.Contains("21 rows (12, 48, 77 …)", list.Markup, StringComparison.Ordinal);
        list.FindAll("button").Single(b => b.TextContent == "Use 1024x1024").Click();
        Assert.Equal(new GroupAct(GroupActKind.Use, ProblemKey.Of(TestDraft.SizeGroup.Problem)), act);
    }

    [Fact]
    public void ProblemList_RepeatedIds_OffersToMakeThemUnique()
    {
        var group = new ProblemGroup(new RowProblem(RowCheck.Error, "duplicate-id", SheetFields.CustomId, null, "Used twice.", null), 2, [5, 9]);

        var list = _context.Render<ProblemList>(p => p.Add(c => c.Check, TestDraft.Check(1, 0, 2, 0, group)));

        Assert.Contains(list.FindAll("button"), b => b.TextContent == "Make unique");
    }

    [Fact]
    public void SettingsForm_FieldsOfTheContract_HaveTheirLabels()
    {
        var form = _context.Render<SettingsForm>(p => p.Add(c => c.View, TestDraft.View()));

        foreach (var label in new[] { "Connection", "Model", "Images per prompt", "Size", "Aspect ratio", "Quality", "Format", "Seed", "Job name" })
        {
            var id = form.FindAll("label").Single(l => l.TextContent == label).GetAttribute("for");
            Assert.NotNull(form.Find($"#{id}"));
        }
    }

    [Fact]
    public void SettingsForm_FieldTheModelDoesNotTake_IsClosedAndSaysWhy()
    {
        var form = _context.Render<SettingsForm>(p => p.Add(c => c.View, TestDraft.View()));

        var seed = form.Find("#seed");
        Assert.True(seed.HasAttribute("disabled"));
        Assert.Equal("Painter 1 takes no seed.", form.Find($"#{seed.GetAttribute("aria-describedby")}").TextContent);
        Assert.False(form.Find("#quality").HasAttribute("disabled"));
    }

    [Fact]
    public void SettingsForm_Changes_AddUpWithoutUndoingOneAnother()
    {
        var view = TestDraft.View();
        var saved = view.Settings;
        var form = _context.Render<SettingsForm>(p => p.Add(c => c.View, view).Add(c => c.Changed, (Func<DraftSettings, DraftSettings> change) => saved = change(saved)));

        form.Find("#quality").Change("high");
        Assert.Equal(("high", "1024x1024"), (saved.Option("quality"), saved.Size));

        form.Find("#n").Change("4");
        Assert.Equal(4, saved.N);

        form.Find("#option-outputCompression").Change("80");
        Assert.Equal("80", saved.Option("outputCompression"));

        form.Find("#size").Change("");
        Assert.Null(saved.Size);
        Assert.Equal(("high", 4), (saved.Option("quality"), saved.N));
    }

    [Fact]
    public void RowColumn_ValueThatCannotBeRead_ShowsWhatStandsInTheSheet()
    {
        var request = EffectiveRequest.Merge(new ImageRequest { Prompt = "A" }, 0, new ImageDefaults { N = 2 }, "openai");
        var column = RowColumn.Of(TestDraft.View()).Single(c => c.Field == SheetFields.N);
        var problem = new RowProblem(RowCheck.Error, "n-not-read", SheetFields.N, "two", "n must be …", "2");

        Assert.Equal(("two", ValueOrigin.Row), column.ValueOf(new DraftRow(0, 2, new Dictionary<string, string> { ["n"] = "two" }, request, false, RowCheck.Error, [problem])));
        Assert.Equal(("2", ValueOrigin.Default), column.ValueOf(new DraftRow(0, 2, new Dictionary<string, string>(), request, false, RowCheck.Ready, [])));
    }

    [Fact]
    public void RowCell_Editing_SavesWithEnterAndLeavesWithEscape()
    {
        var request = EffectiveRequest.Merge(new ImageRequest { Prompt = "A" }, 0, null, "openai");
        var row = new DraftRow(0, 2, new Dictionary<string, string> { ["n"] = "two" }, request, false, RowCheck.Ready, []);
        var column = RowColumn.Of(TestDraft.View()).Single(c => c.Field == SheetFields.N);
        string? saved = null;
        var left = 0;
        var cell = _context.Render<RowCell>(p => p.Add(c => c.Row, row).Add(c => c.Column, column).Add(c => c.IsEditing, true).Add(c => c.OnSave, t => saved = t).Add(c => c.OnCancel, () => left++));

        Assert.Equal("Images of row 2", cell.Find("input").GetAttribute("aria-label"));
        cell.Find("input").Input("3");
        cell.Find("input").KeyDown("Escape");
        cell.Find("input").Blur();
        Assert.Equal((null, 1), (saved, left));

        var again = _context.Render<RowCell>(p => p.Add(c => c.Row, row).Add(c => c.Column, column).Add(c => c.IsEditing, true).Add(c => c.OnSave, t => saved = t));
        again.Find("input").Input("3");
        again.Find("input").KeyDown("Enter");
        Assert.Equal("3", saved);
    }

    [Fact]
    public void StepBar_CurrentStep_IsMarked()
    {
        var bar = _context.Render<StepBar>(p => p.Add(c => c.Step, 2).Add(c => c.Href, step => step == 3 ? "/x?step=3" : null));

        Assert.Equal("2Settings & check", bar.Find("[aria-current=step]").TextContent);
        Assert.Equal("/x?step=3", bar.Find("a").GetAttribute("href"));
    }
}
