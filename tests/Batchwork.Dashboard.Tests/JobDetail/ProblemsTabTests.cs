using Batchwork.Dashboard.Features.JobDetail;
using Batchwork.Dashboard.Tests.Jobs;
using Batchwork.Engine.Collection;
using Batchwork.Engine.Jobs;
using Bunit;

namespace Batchwork.Dashboard.Tests.JobDetail;

public sealed class ProblemsTabTests : PageContext
{
    private readonly List<ProblemCause> _repaired = [];

    [Fact]
    public void Render_ACause_SaysWhatItMeansAndWhatToDoAndShowsExamples()
    {
        var tab = RenderTab(new JobProblems([Cause(RowState.Refused, ResultOutcome.Refused, rows: 19)], 0, 19, []));

        Assert.Equal("OpenAI refused these prompts", tab.Find("h2").TextContent);
        Assert.Equal("19 rows", tab.Find(".problem-rows").TextContent);
        Assert.Contains("Change the prompts", tab.Markup, StringComparison.Ordinal);
        Assert.Equal("moderation_blocked", tab.Find("code").TextContent);
        Assert.Equal(["Row 12 · sku-011", "Row 13 · sku-012"], tab.FindAll(".problem-examples a").Select(a => a.TextContent));
        Assert.Contains("and 17 more", tab.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RowState.Failed, ResultOutcome.Transient, true, "Retry 2 rows")]
    [InlineData(RowState.Missing, null, true, "Retry 2 rows")]
    [InlineData(RowState.Refused, ResultOutcome.Refused, false, "Change 2 rows")]
    [InlineData(RowState.Failed, ResultOutcome.Invalid, false, "Change 2 rows")]
    [InlineData(RowState.Partial, ResultOutcome.Succeeded, false, "Run 2 rows as a new job")]
    public async Task Action_OfACause_IsWhatHelpsAndComesOnceTheJobHasEnded(RowState state, ResultOutcome? outcome, bool canRetry, string expected)
    {
        var cause = Cause(state, outcome, rows: 2, canRetry);
        var problems = new JobProblems([cause], 0, 2, []);

        Assert.Empty(RenderTab(problems, JobState.Running).FindAll("button"));
        var button = RenderTab(problems).Find("button");
        Assert.Equal(expected, button.TextContent);
        await button.ClickAsync();
        Assert.Equal([cause], _repaired);
    }

    [Fact]
    public void Render_PicturesOfTheSameRequestAreStored_OffersThem()
    {
        var tab = RenderTab(
            new JobProblems([Cause(RowState.Failed, ResultOutcome.Transient, 2, canRetry: true)], 0, 2, []),
            retry: new RetryPreview(2, 2, null, 0) { Reusable = 2 });

        Assert.Equal("Use stored pictures for 2 rows", tab.Find(".problem-reuse button").TextContent);
    }

    [Fact]
    public void Render_ResultsOfNoRow_AreShownToo()
    {
        var tab = RenderTab(new JobProblems([], 0, 0, [new UnmatchedGroup(UnmatchedKind.UnknownId, 3, [new UnmatchedExample("", "output:812", "<script>")])]));

        Assert.Equal("3 results match no request", tab.Find("h2").TextContent);
        Assert.Contains("No id · output:812", tab.Markup, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", tab.Markup, StringComparison.Ordinal);
        Assert.EndsWith("/unmatched.jsonl", tab.Find("a[download]").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NothingWrong_SaysSo() =>
        Assert.Contains("No problems. Every row is stored.", RenderTab(JobProblems.None, JobState.Done).Markup, StringComparison.Ordinal);

    [Theory]
    [InlineData(ResultOutcome.Invalid, "OpenAI does not take these rows as they are")]
    [InlineData(ResultOutcome.NoImage, "OpenAI reported success without a picture")]
    [InlineData(ResultOutcome.Unreadable, "The answer could not be read")]
    [InlineData(ResultOutcome.Transient, "These rows failed")]
    public void Words_OfFailures_TellThemApart(ResultOutcome outcome, string expected) =>
        Assert.Equal(expected, ProblemWords.Of(Cause(RowState.Failed, outcome, 1), "OpenAI").What);

    private static ProblemCause Cause(RowState state, ResultOutcome? outcome, int rows, bool canRetry = false) => new()
    {
        State = state,
        Outcome = outcome,
        Code = "moderation_blocked",
        Message = "Rejected by the safety system.",
        Rows = rows,
        Examples = [new ProblemExample(12, "sku-011", "A red bicycle"), new ProblemExample(13, "sku-012", "A cat")],
        First = null,
        Last = null,
        CanRetry = canRetry,
    };

    private IRenderedComponent<ProblemsTab> RenderTab(
        JobProblems problems, JobState state = JobState.DoneWithProblems, RetryPreview? retry = null) => Render<ProblemsTab>(p => p
        .Add(t => t.Job, JobViews.Of(new JobLedger { Requested = 20, Stored = 20 - problems.Rows, Refused = problems.Rows }, state, retry))
        .Add(t => t.Address, Address)
        .Add(t => t.MayRepair, true)
        .Add(t => t.Repair, _repaired.Add)
        .Add(t => t.Read, _ => Task.FromResult(problems)));
}
