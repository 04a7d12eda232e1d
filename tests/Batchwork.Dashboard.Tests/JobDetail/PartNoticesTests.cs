using Batchwork.Dashboard.Features.JobDetail;
using Batchwork.Dashboard.Tests.Jobs;
using Batchwork.Engine.Jobs;
using Bunit;

namespace Batchwork.Dashboard.Tests.JobDetail;

public sealed class PartNoticesTests : PageContext
{
    private readonly List<string> _cancelled = [];

    [Fact]
    public async Task Render_ABatchFoundTwice_OffersToCancelTheOneNotNeeded()
    {
        var notices = RenderNotices(Part with { DuplicateBatchIds = ["batch_b"] });

        Assert.Contains("Found two identical batches. One is not needed.", notices.Markup, StringComparison.Ordinal);
        Assert.Contains("Part 1 uses batch_a. batch_b at OpenAI has the same requests", notices.Markup, StringComparison.Ordinal);
        await notices.Find("button").ClickAsync();
        Assert.Equal(["batch_b"], _cancelled);
        Assert.Contains("OpenAI did not cancel it", notices.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_ResultsThatAreDeletedSoon_OffersToCollectThemNow()
    {
        var notices = RenderNotices(Part with { ResultsExpireAt = Time.GetUtcNow().AddDays(1), ExpiryWarnedAt = Time.GetUtcNow() });

        Assert.Contains("OpenAI deletes the results of part 1 soon", notices.Markup, StringComparison.Ordinal);
        Assert.Equal("Collect now", notices.Find("button").TextContent);
    }

    [Fact]
    public void Render_ResultsThatAreStored_AreNotMissed() =>
        Assert.Empty(RenderNotices(Part with { State = PartState.Closed, ResultsExpireAt = Time.GetUtcNow().AddDays(1), ExpiryWarnedAt = Time.GetUtcNow() }).FindAll("section"));

    [Fact]
    public void Render_AnUnusualWait_SaysByWhatItIsMeasured()
    {
        var notices = RenderNotices(Part, new JobWait(TimeSpan.FromHours(31), 97, 100, "Gemini"));

        Assert.Contains("Pending 31 h — longer than 97 % of your Gemini jobs", notices.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_AUsualWait_IsNoNotice() => Assert.Empty(RenderNotices(Part, new JobWait(TimeSpan.FromHours(2), 50, 100, "Gemini")).FindAll("section"));

    private static PartSummary Part => new()
    {
        Id = Guid.Empty,
        Number = 1,
        TryNumber = 1,
        RequestCount = 10,
        State = PartState.AtProvider,
        BatchId = "batch_a",
        RawStatus = null,
        ProviderTotal = 0,
        ProviderCompleted = 0,
        ProviderFailed = 0,
        SubmittedAt = null,
        ProviderExpiresAt = null,
        LastPolledAt = null,
        Reason = null,
    };

    private IRenderedComponent<PartNotices> RenderNotices(PartSummary part, JobWait? wait = null) => Render<PartNotices>(p => p
        .Add(n => n.Job, JobViews.Of(new JobLedger { Requested = 10, Waiting = 10 }) with { Parts = [part], Wait = wait })
        .Add(n => n.Address, Address)
        .Add(n => n.MayDecide, true)
        .Add(n => n.CancelDuplicate, (_, batchId) =>
        {
            _cancelled.Add(batchId);
            return Task.FromResult<string?>("OpenAI did not cancel it: busy");
        }));
}
