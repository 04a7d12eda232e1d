using Batchwork.Dashboard.Features.Home;
using Batchwork.Dashboard.Tests.Jobs;
using Batchwork.Engine.Costs;
using Batchwork.Engine.Onboarding;
using Bunit;

namespace Batchwork.Dashboard.Tests.Home;

public sealed class FirstStepsTests : PageContext
{
    private static readonly DemoData s_demo = new(3, 1, 64, 2, 3);

    [Fact]
    public void Render_ByWhatIsDone_LinksWhatIsNot()
    {
        var deleted = 0;
        var list = Render<FirstSteps>(p => p
            .Add(c => c.Workspace, Workspace)
            .Add(c => c.Checklist, new Checklist { HasConnection = true, HasColleague = false, HasBudget = false, Demo = s_demo })
            .Add(c => c.DeleteDemo, () => deleted++));

        Assert.Equal("1 of 4 done", list.Find(".steps-count").TextContent);
        Assert.Equal(["/w/studio/connections", "/w/studio/team", "/w/studio/costs"], list.FindAll("li a").Select(a => a.GetAttribute("href")));
        Assert.Contains("3 jobs, 64 pictures, 2 drafts", list.FindAll("li")[3].TextContent, StringComparison.Ordinal);
        list.Find(".step-button").Click();
        Assert.Equal(1, deleted);
    }

    [Fact]
    public void Ask_BeforeDeleting_NamesEverything()
    {
        var question = DemoWords.Ask(s_demo);

        Assert.Equal("Delete 3 jobs and 2 drafts", question.Confirm);
        Assert.StartsWith("3 demo jobs with 64 pictures and 2 drafts leave this workspace now", question.Texts[0], StringComparison.Ordinal);
        Assert.Equal("1 of these jobs still runs and is stopped.", question.Texts[1]);
        Assert.StartsWith("The demo connections go too.", question.Texts[2], StringComparison.Ordinal);
        Assert.StartsWith("The demo connections stay", DemoWords.Ask(s_demo with { Running = 0, Connections = 0 }).Texts[1], StringComparison.Ordinal);
    }

    [Fact]
    public void SpendCard_UsedUp_SaysThatNothingNewIsStarted()
    {
        var card = Render<SpendCard>(p => p.Add(c => c.CostsUrl, "/costs").Add(c => c.Budget, new BudgetState
        {
            Name = "This workspace",
            LimitMicroUsd = 50_000_000,
            ChargedMicroUsd = 40_000_000,
            UnknownRows = 0,
            UnknownMicroUsd = 0,
            HeldMicroUsd = 10_000_000,
            ResetsAt = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero),
        }));

        Assert.Equal("$50.00 of $50.00 used this month, $10.00 of it held for running jobs. Nothing new is started.", card.Find(".spend-text").TextContent.Trim());
        Assert.Equal("1 December 00:00 UTC", card.Find("time").TextContent);
    }
}
