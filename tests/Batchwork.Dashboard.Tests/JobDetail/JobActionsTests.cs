using Batchwork.Dashboard.Features.JobDetail;
using Batchwork.Dashboard.Shared;
using Batchwork.Dashboard.Tests.Jobs;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Workspaces;
using Bunit;

namespace Batchwork.Dashboard.Tests.JobDetail;

public sealed class JobActionsTests : PageContext
{
    private static readonly JobLedger s_ledger = new() { Requested = 4_871, Stored = 3_120, Waiting = 1_739, Failed = 12, RequestedImages = 4_871, StoredImages = 3_120 };

    [Theory]
    [InlineData(JobState.Running, Role.Creator, new[] { "Download all 3,120", "Cancel", "Rename" })]
    [InlineData(JobState.Running, Role.Reviewer, new[] { "Download all 3,120" })]
    [InlineData(JobState.Running, Role.Viewer, new string[0])]
    [InlineData(JobState.DoneWithProblems, Role.Owner, new[] { "Download all 3,120", "Retry failed rows", "Rename", "Delete" })]
    public void Render_ByStateAndRole_OffersWhatCanBeDone(JobState state, Role role, string[] expected)
    {
        var job = JobViews.Of(s_ledger, state, new RetryPreview(12, 12, 318_000, 0));

        var actions = Render<JobActions>(p => p.Add(a => a.Job, job).Add(a => a.Address, Address).Add(a => a.Role, role));

        Assert.Equal(expected, actions.FindAll("a, button").Select(b => b.TextContent.Trim()).Where(t => t.Length > 0));
    }

    [Fact]
    public void Cancel_TellsWhatStaysAndWhatIsCharged()
    {
        var question = CommandQuestions.Cancel(JobViews.Of(s_ledger with { Sent = 1_700 }));

        Assert.Equal("Cancel 1,739 rows", question.Confirm);
        Assert.Equal(
            [
                "3,132 finished rows stay and are charged (about $83.00).",
                "1,700 rows are at OpenAI. What it finishes before it stops is charged too, and stored here; it may take up to ten minutes.",
                "39 rows were not sent yet. They cost nothing.",
            ],
            question.Texts);
    }

    [Fact]
    public void Retry_TellsHowManyAndThePriceAndWhatIsLeftAlone()
    {
        var question = Retry(new RetryPreview(12, 24, 636_000, 5) { Reusable = 3 });

        Assert.Equal("Send 12 rows again", question.Confirm);
        Assert.Equal("12 rows ask again for 24 pictures, with the same settings. About $0.64, by the job's average price of a picture.", question.Texts[0]);
        Assert.StartsWith("5 rows are left alone", question.Texts[1], StringComparison.Ordinal);
        Assert.StartsWith("For 3 of these rows pictures of the very same request are stored already.", question.Texts[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Retry_WithoutAPrice_SaysSoInsteadOfNothing() => Assert.Contains(
        "not known",
        Retry(new RetryPreview(12, 24, null, 0)).Texts[0],
        StringComparison.Ordinal);

    private static Confirmation Retry(RetryPreview retry) =>
        CommandQuestions.Retry(JobViews.Of(s_ledger, JobState.DoneWithProblems, retry), retry, "Retry failed rows?");
}
