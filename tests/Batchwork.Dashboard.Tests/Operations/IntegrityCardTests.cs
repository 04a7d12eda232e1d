using Batchwork.Dashboard.Features.Operations;
using Batchwork.Dashboard.Tests.Jobs;
using Batchwork.Engine.Verification;
using Bunit;

namespace Batchwork.Dashboard.Tests.Operations;

public sealed class IntegrityCardTests : PageContext
{
    [Fact]
    public void NeverChecked_OffersTheCheck()
    {
        var started = 0;
        var card = Render<IntegrityCard>(p => p.Add(c => c.Run, null).Add(c => c.Start, () => started++));

        Assert.Contains("Not checked since the start", card.Markup, StringComparison.Ordinal);
        card.Find("button").Click();

        Assert.Equal(1, started);
    }

    [Fact]
    public void Running_ShowsHowFarAndOffersToStop()
    {
        var card = Render<IntegrityCard>(p => p.Add(c => c.Run, Run(IntegrityOutcome.Running) with { Progress = new IntegrityProgress("the pictures on disk", 1_200, 48_000) }));

        Assert.Contains("Looking at the pictures on disk: 1,200 of 48,000", card.Markup, StringComparison.Ordinal);
        Assert.Equal("Stop the check", card.Find("button").TextContent);
        Assert.Equal("48000", card.Find("progress").GetAttribute("max"));
    }

    [Fact]
    public void Whole_SaysWhatWasLookedAt()
    {
        var card = Render<IntegrityCard>(p => p.Add(c => c.Run, Run(IntegrityOutcome.Whole)));

        Assert.Contains("All promises hold", card.Markup, StringComparison.Ordinal);
        Assert.Contains("2 jobs, 4,871 rows, 4,640 pictures", card.Markup, StringComparison.Ordinal);
        Assert.Equal("Check integrity", card.Find("button").TextContent);
    }

    [Fact]
    public void Broken_NamesTheFirstFaultsWithTheirPromiseAndCountsTheRest()
    {
        var card = Render<IntegrityCard>(p => p.Add(c => c.Run, Run(IntegrityOutcome.Broken) with
        {
            FaultCount = 1_204,
            Faults = [new IntegrityFault("I5", "Picture <b>ab</b> is not on disk.")],
        }));

        Assert.Contains("1,204 promises broken", card.Markup, StringComparison.Ordinal);
        Assert.Equal("I5 Picture <b>ab</b> is not on disk.", card.Find("ol li").TextContent);
        Assert.Contains("And 1,203 more.", card.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(IntegrityOutcome.Cancelled, "Stopped before its end")]
    [InlineData(IntegrityOutcome.Failed, "It says nothing about the data.")]
    public void EndedOtherwise_IsNotTakenForAGoodEnd(IntegrityOutcome outcome, string words)
    {
        var card = Render<IntegrityCard>(p => p.Add(c => c.Run, Run(outcome)));

        Assert.Contains(words, card.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("All promises hold", card.Markup, StringComparison.Ordinal);
    }

    private IntegrityRun Run(IntegrityOutcome outcome) => new()
    {
        StartedAt = Time.GetUtcNow().AddMinutes(-9),
        StartedBy = "Ana",
        EndedAt = outcome == IntegrityOutcome.Running ? null : Time.GetUtcNow(),
        Outcome = outcome,
        Jobs = 2,
        Rows = 4_871,
        Progress = new IntegrityProgress("the pictures on disk", 4_640, 4_640),
    };
}
