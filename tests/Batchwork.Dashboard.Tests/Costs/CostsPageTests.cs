using Batchwork.Dashboard.Features.Costs;
using Batchwork.Dashboard.Shared;
using Batchwork.Dashboard.Tests.Jobs;
using Batchwork.Engine.Costs;
using Batchwork.Engine.Jobs;
using Bunit;

namespace Batchwork.Dashboard.Tests.Costs;

/// <summary>The parts of the costs page, each by itself.</summary>
public sealed class CostsPageTests : PageContext
{
    private static readonly BudgetState s_team = new()
    {
        Name = "This workspace",
        LimitMicroUsd = 100_000_000,
        ChargedMicroUsd = 70_000_000,
        UnknownRows = 3,
        UnknownMicroUsd = 5_000_000,
        HeldMicroUsd = 10_000_000,
        ResetsAt = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero),
    };

    private static readonly BudgetState s_open = s_team with { ConnectionId = new Guid("0197a000-0000-7000-8000-000000000001"), Name = "Studio", LimitMicroUsd = null };

    [Fact]
    public void BudgetList_OfABudget_TellsWhatCountsAndUntilWhen()
    {
        var list = Render<BudgetList>(p => p.Add(c => c.Budgets, [s_team, s_open]));

        Assert.Equal("$85.00 of $100.00, $15.00 left", list.Find(".budget-text").TextContent);
        Assert.Equal("85", list.Find("[role=meter]").GetAttribute("aria-valuenow"));
        Assert.Contains("$70.00 charged · $10.00 held for running jobs · 3 rows of unknown cost, counted with $5.00 estimated", list.Find(".budget-facts").TextContent, StringComparison.Ordinal);
        Assert.Contains("85 % used.", list.Find(".budget-warning").TextContent, StringComparison.Ordinal);
        Assert.Equal("1 December 00:00 UTC", list.Find("time").TextContent);
        Assert.Contains("No budget.", list.FindAll(".budget-text")[1].TextContent, StringComparison.Ordinal);
        Assert.Empty(list.FindAll("button"));
    }

    [Fact]
    public void BudgetList_WhereTheReaderIs_SaysTheLocalTimeOfTheReset()
    {
        var list = Render<BudgetList>(p => p.Add(c => c.Budgets, [s_team]).AddCascadingValue(BrowserClock.Of("Europe/Ljubljana")));

        Assert.Contains("1:00", list.Find("time").GetAttribute("title"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("250", 250_000_000L)]
    [InlineData("$1,250.50", 1_250_500_000L)]
    [InlineData("", null)]
    [InlineData("0", 0L)]
    public void BudgetList_AnAmount_IsSetForItsSubject(string text, long? expected)
    {
        (Guid?, long?)? set = null;
        var list = Render<BudgetList>(p => p.Add(c => c.Budgets, [s_team, s_open]).Add(c => c.MayChange, true).Add(c => c.Set, s => set = s));

        list.FindAll("button")[1].Click();
        list.Find("#budget-amount").Change(text);
        list.Find("form").Submit();

        Assert.Equal((s_open.ConnectionId, expected), set);
        Assert.Empty(list.FindAll("form"));
    }

    [Theory]
    [InlineData("lots")]
    [InlineData("-5")]
    [InlineData("1000001")]
    public void BudgetList_NoAmount_IsRefusedAndSaysWhatToWrite(string text)
    {
        var list = Render<BudgetList>(p => p.Add(c => c.Budgets, [s_team]).Add(c => c.MayChange, true).Add(c => c.Set, _ => Assert.Fail("Nothing is set.")));

        list.Find("button").Click();
        list.Find("#budget-amount").Change(text);
        list.Find("form").Submit();

        Assert.StartsWith("Write an amount", list.Find(".input-fault").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void CostChart_Periods_AreBarsAndATable()
    {
        var chart = Render<CostChart>(p => p
            .Add(c => c.Title, "By day")
            .Add(c => c.OtherUrl, "/other")
            .Add(c => c.Periods,
            [
                new CostPeriod(new DateOnly(2026, 11, 1), CostSum.Nothing),
                new CostPeriod(new DateOnly(2026, 11, 2), new CostSum { Rows = 2, MicroUsd = 4_000_000 }),
                new CostPeriod(new DateOnly(2026, 11, 3), new CostSum { Rows = 5, MicroUsd = 1_000_000, UnknownRows = 2 }),
            ]));

        Assert.Equal(["100", "25"], chart.FindAll(".chart-bar").Select(b => b.GetAttribute("height")));
        Assert.Equal([("2 Nov", "$4.00"), ("3 Nov", "$1.00 and 2 rows of unknown cost")], chart.FindAll("tbody tr").Select(r => (r.Children[0].TextContent, r.Children[1].TextContent)));
    }

    [Fact]
    public void CostTable_WhatIsUnknown_IsNeverNothing()
    {
        var table = Render<CostTable>(p => p
            .Add(c => c.Title, "Jobs")
            .Add(c => c.UrlOf, s => $"/jobs/{s.Key}")
            .Add(c => c.Shares,
            [
                new CostShare("1", "Spring", new CostSum { Rows = 3, MicroUsd = 2_000_000, UnknownRows = 1, ComparedRows = 2, ComparedMicroUsd = 2_000_000, ComparedEstimateMicroUsd = 2_500_000 }, 0),
                new CostShare("2", "Gone", new CostSum { Rows = 4, UnknownRows = 4 }, 0) { Exists = false },
            ]));

        Assert.Equal(
            ["Spring|$2.00|$2.50|\u2212$0.50|1 row", "Gone|unknown|–|–|4 rows"],
            table.FindAll("tbody tr").Select(r => string.Join('|', r.Children.Select(c => c.TextContent.Trim()))));
        Assert.Equal("/jobs/1", table.Find("tbody a").GetAttribute("href"));
        Assert.Single(table.FindAll("tbody a"));
    }

    [Fact]
    public void CostPanel_OfARunningJob_TellsEstimateHoldChargeAndDifference()
    {
        var costs = new JobCosts
        {
            IsDemo = false,
            Estimate = new JobEstimate { Requests = 10, Images = 10, Parts = 1, Lines = [new PriceLine("1024x1024", 10, 26_500, null, null)] },
            HeldMicroUsd = 106_000,
            HeldUnpricedRows = 0,
            Charged = new CostSum { Rows = 6, MicroUsd = 160_000, UnknownRows = 1, ComparedRows = 5, ComparedMicroUsd = 160_000, ComparedEstimateMicroUsd = 132_500 },
            Prices = new TokenPrices(1, 1, 1, "Price list", new DateOnly(2026, 11, 20)),
            RequestsInDoubt = 2,
        };

        var panel = Render<CostPanel>(p => p.Add(c => c.Costs, costs));

        Assert.Equal(
            ["Estimated: $0.27", "Held: $0.11", "Charged: $0.16 and 1 row of unknown cost", "Difference: +$0.0275"],
            panel.FindAll("dl > div").Select(d => $"{d.Children[0].TextContent}: {d.Children[1].TextContent}"));
        Assert.Contains("Price not reported for 1 row", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("2 requests may be charged twice", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("prices of 2026-11-20 (Price list)", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void CostPanel_OfTheDemo_CostsNothing()
    {
        var costs = new JobCosts
        {
            IsDemo = true,
            Estimate = new JobEstimate { Requests = 1, Images = 1, Parts = 1, Lines = [] },
            HeldMicroUsd = 0,
            HeldUnpricedRows = 0,
            Charged = CostSum.Nothing,
            Prices = null,
            RequestsInDoubt = 0,
        };

        Assert.Equal("The demo costs nothing.", Render<CostPanel>(p => p.Add(c => c.Costs, costs)).Find(".cost-note").TextContent);
    }
}
