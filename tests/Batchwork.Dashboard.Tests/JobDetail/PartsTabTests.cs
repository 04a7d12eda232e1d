using AngleSharp.Dom;
using Batchwork.Dashboard.Features.JobDetail;
using Batchwork.Dashboard.Tests.Jobs;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Submission;
using Bunit;

namespace Batchwork.Dashboard.Tests.JobDetail;

public sealed class PartsTabTests : PageContext
{
    private readonly List<(PartDetail Part, PartAct Act)> _acts = [];

    [Fact]
    public void Render_SeveralParts_NamesThemAmongAllAndShowsTheirBatches()
    {
        var tab = RenderTab([Part(1), Part(2, p => p with { State = PartState.Ready, BatchId = null, Reason = "OpenAI's queue for your key is full." })]);

        Assert.Equal(["Part 1 of 2", "Part 2 of 2"], tab.FindAll("h2").Select(h => h.TextContent.Trim()));
        Assert.Equal(["batch_1"], tab.FindAll("code").Select(c => c.TextContent));
        Assert.Contains("OpenAI's queue for your key is full.", tab.Markup, StringComparison.Ordinal);
        Assert.All(tab.FindAll("h2 a"), a => Assert.Equal("false", a.GetAttribute("aria-expanded")));
        Assert.Empty(tab.FindAll(".part-panel"));
    }

    [Fact]
    public void Render_TheOpenPart_ShowsHistorySubmissionsAndTheRawAnswer()
    {
        var tab = RenderTab([Part(1), Part(2)], open: 2);

        var panel = tab.Find(".part-panel");
        Assert.Contains("640 of 1,000 done, 3 failed", panel.TextContent, StringComparison.Ordinal);
        Assert.Contains("900 stored", panel.TextContent, StringComparison.Ordinal);
        Assert.Contains("OpenAI accepted part 2.", panel.TextContent, StringComparison.Ordinal);
        Assert.Contains("bw1-abcdefgh-tag", panel.TextContent, StringComparison.Ordinal);
        Assert.Contains("looked for 2 times", panel.TextContent, StringComparison.Ordinal);
        Assert.Equal("{\"status\":\"<b>\"}", panel.QuerySelector("pre")!.TextContent);
    }

    [Fact]
    public void Render_AJobsOnlyPart_IsOpen() => Assert.NotNull(RenderTab([Part(1)]).Find(".part-panel"));

    [Fact]
    public void Render_NothingSent_SaysWhy() => Assert.Contains("stored already", RenderTab([]).Markup, StringComparison.Ordinal);

    [Fact]
    public async Task Buttons_WhatCanBeDone_IsOfferedAndDone()
    {
        var tab = RenderTab([Part(1)], detail: d => d with { CanPoll = true, CanCollectAgain = true, CanCancel = true, Unfinished = new RetryPreview(12, 12, null, 0) });

        foreach (var text in new[] { "Poll now", "Collect again", "Resubmit 12 unfinished rows", "Cancel this part" })
        {
            await Button(tab, text).ClickAsync();
        }

        Assert.Equal([PartAct.Poll, PartAct.CollectAgain, PartAct.Resubmit, PartAct.Cancel], _acts.Select(a => a.Act));
    }

    [Fact]
    public void Buttons_ForWhoeverMayOnlyLook_AreNotThere()
    {
        var tab = RenderTab([Part(1)], detail: d => d with { CanPoll = true, CanCancel = true }, mayDecide: false);

        Assert.DoesNotContain(tab.FindAll("button"), b => b.TextContent.Contains("now", StringComparison.Ordinal) || b.TextContent.Contains("Cancel", StringComparison.Ordinal));
    }

    [Fact]
    public void Cancel_OfAnUnsentPart_SaysThatItCostsNothing()
    {
        var question = CommandQuestions.CancelPart(
            JobViews.Of(new JobLedger { Requested = 1_000, Waiting = 1_000 }),
            Detail(Part(3, p => p with { State = PartState.Ready, BatchId = null })) with { PartsOfJob = 7, Rows = new Dictionary<RowState, int> { [RowState.Waiting] = 500 } });

        Assert.Equal("Cancel part 3 of 7?", question.Title);
        Assert.Equal(["No row is finished yet.", "500 rows were not sent yet. They cost nothing."], question.Texts);
        Assert.Equal("Cancel 500 rows", question.Confirm);
    }

    private static IElement Button(IRenderedComponent<PartsTab> tab, string text) => tab.FindAll("button").Single(b => b.TextContent == text);

    private IRenderedComponent<PartsTab> RenderTab(
        IReadOnlyList<PartSummary> parts, int? open = null, Func<PartDetail, PartDetail>? detail = null, bool mayDecide = true) => Render<PartsTab>(p => p
        .Add(t => t.Job, JobViews.Of(new JobLedger { Requested = 2_000, Waiting = 2_000 }) with { Parts = parts })
        .Add(t => t.Address, Address)
        .Add(t => t.Open, open)
        .Add(t => t.MayDecide, mayDecide)
        .Add(t => t.Read, (id, _) => Task.FromResult<PartDetail?>((detail ?? (d => d))(Detail(parts.Single(part => part.Id == id)))))
        .Add(t => t.Act, _acts.Add));

    private PartSummary Part(int number, Func<PartSummary, PartSummary>? change = null) => (change ?? (p => p))(new PartSummary
    {
        Id = new Guid(number, 0, 0, new byte[8]),
        Number = number,
        TryNumber = 1,
        RequestCount = 1_000,
        State = PartState.AtProvider,
        BatchId = $"batch_{number}",
        RawStatus = "in_progress",
        ProviderTotal = 1_000,
        ProviderCompleted = 640,
        ProviderFailed = 3,
        SubmittedAt = Time.GetUtcNow().AddHours(-1),
        ProviderExpiresAt = Time.GetUtcNow().AddHours(23),
        LastPolledAt = Time.GetUtcNow().AddMinutes(-1),
        Reason = null,
        NextCheckAt = Time.GetUtcNow().AddMinutes(1),
    });

    private PartDetail Detail(PartSummary part) => new()
    {
        Summary = part,
        PartsOfJob = 2,
        Rows = new Dictionary<RowState, int> { [RowState.Stored] = 900, [RowState.Waiting] = 100 },
        History = [new ActivityItem(Guid.Empty, Time.GetUtcNow(), ActivityKind.Submitted, null, $"OpenAI accepted part {part.Number}.", part.Number)],
        Attempts =
        [
            new AttemptItem
            {
                Number = 1,
                State = AttemptState.Submitted,
                Tag = "bw1-abcdefgh-tag",
                PayloadSha256 = "00",
                PayloadBytes = 2_000_000,
                BatchId = part.BatchId,
                CreatedAt = Time.GetUtcNow(),
                SentAt = Time.GetUtcNow(),
                Looks = 2,
                Message = null,
                ResolvedBy = null,
            },
        ],
        RawAnswer = "{\"status\":\"<b>\"}",
        Failure = null,
        Unfinished = RetryPreview.Nothing,
        CanPoll = false,
        CanCollectAgain = false,
        CanCancel = false,
    };
}
