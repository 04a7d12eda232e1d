using Batchwork.Dashboard.Features.JobDetail;
using Batchwork.Dashboard.Tests.Jobs;
using Batchwork.Engine.Jobs;
using Bunit;

namespace Batchwork.Dashboard.Tests.JobDetail;

public sealed class ProgressPanelTests : PageContext
{
    [Fact]
    public void Render_EveryNumber_LeadsToItsRowsAndTheSumIsShown()
    {
        var panel = RenderPanel(JobViews.Of(new JobLedger { Requested = 30, Stored = 20, Waiting = 7, Refused = 3, RequestedImages = 30, StoredImages = 20 }));

        Assert.Equal(
            [("20 stored", "stored"), ("7 waiting", "waiting"), ("3 refused", "refused")],
            panel.FindAll(".progress-ledger a").Select(a => (a.TextContent.Trim(), a.GetAttribute("href")!.Split("state=")[1].Split('&')[0])));
        Assert.Equal("= 30 ✓", panel.Find(".progress-sum").TextContent.Trim());
    }

    [Fact]
    public void Render_RowsThatAreUnexplained_AreAnAlarm()
    {
        var panel = RenderPanel(JobViews.Of(new JobLedger { Requested = 30, Stored = 20, Waiting = 7 }));

        Assert.Equal("3 rows of 30 unexplained", panel.Find("[role=alert]").TextContent.Trim());
    }

    [Fact]
    public void Render_BothCounters_AreTold()
    {
        var panel = RenderPanel(JobViews.Of(new JobLedger { Requested = 30, Stored = 10, Waiting = 20, Sent = 20, DoneAtProvider = 8, RequestedImages = 60, StoredImages = 20 }));

        Assert.Equal(
            [("Done at provider", "18 of 30 rows"), ("Stored here", "20 of 60 pictures, 26.7 MB")],
            panel.FindAll("dl > div").Take(2).Select(d => (d.QuerySelector("dt")!.TextContent, d.QuerySelector("dd")!.TextContent)));
    }

    [Theory]
    [InlineData(0, 0, 0, "52 min · no history yet to tell how long")]
    [InlineData(12, 92, 120, "52 min · about 40 min left (your last 12 jobs)")]
    [InlineData(1, 60, 60, "52 min · about 8 min left (your last job)")]
    [InlineData(12, 40, 120, "52 min · should end soon (your last 12 jobs: up to 2 h)")]
    [InlineData(12, 30, 50, "52 min · longer than all of your last 12 jobs (50 min at most)")]
    public void Render_TheOutlook_NamesWhatItStandsOn(int jobs, int typical, int longest, string expected)
    {
        var job = JobViews.Of(new JobLedger { Requested = 1, Waiting = 1 }) with
        {
            Forecast = new JobForecast(jobs, TimeSpan.FromMinutes(typical), TimeSpan.FromMinutes(longest)),
        };

        Assert.Contains(expected, RenderPanel(job).Find("dl").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_AsTimePasses_CountsOn()
    {
        var panel = RenderPanel(JobViews.Of(new JobLedger { Requested = 1, Waiting = 1 }));

        Time.Advance(TimeSpan.FromMinutes(8));

        panel.WaitForAssertion(() => Assert.Contains("1 h · no history", panel.Find("dl").TextContent, StringComparison.Ordinal));
    }

    private IRenderedComponent<ProgressPanel> RenderPanel(JobView job) =>
        Render<ProgressPanel>(p => p.Add(c => c.Job, job).Add(c => c.Address, Address));
}
