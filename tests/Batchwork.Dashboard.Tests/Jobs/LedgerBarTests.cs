using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Jobs;
using Bunit;

namespace Batchwork.Dashboard.Tests.Jobs;

public sealed class LedgerBarTests : PageContext
{
    private static readonly JobLedger s_ledger = new()
    {
        Requested = 4_871,
        Stored = 3_120,
        Waiting = 1_720,
        Sent = 1_720,
        DoneAtProvider = 640,
        Refused = 19,
        Failed = 12,
    };

    [Fact]
    public void Render_ARunningJob_HasAFillForEachStateAsWideAsItsRows()
    {
        var bar = Render<LedgerBar>(p => p.Add(b => b.Ledger, s_ledger));

        Assert.Equal(
            [("bw-fill bw-stored", "flex-grow: 3120"), ("bw-fill bw-running", "flex-grow: 640"), ("bw-fill bw-waiting", "flex-grow: 1080"), ("bw-fill bw-refused", "flex-grow: 19"), ("bw-fill bw-failed", "flex-grow: 12")],
            bar.FindAll(".bw-fill").Select(f => (f.ClassName!, f.GetAttribute("style")!)));
    }

    [Fact]
    public void Render_ForWhoeverDoesNotSeeIt_SaysItInWords() => Assert.Equal(
        "3,120 stored, 640 done at provider, 1,080 waiting, 19 refused, 12 failed of 4,871 rows",
        Render<LedgerBar>(p => p.Add(b => b.Ledger, s_ledger)).Find("[role=img]").GetAttribute("aria-label"));

    [Fact]
    public void Render_AJobWithoutRows_IsEmpty()
    {
        var bar = Render<LedgerBar>(p => p.Add(b => b.Ledger, new JobLedger { Requested = 0 }));

        Assert.Empty(bar.FindAll(".bw-fill"));
        Assert.Equal("No rows", bar.Find("[role=img]").GetAttribute("aria-label"));
    }

    [Fact]
    public void Slices_OfEveryState_AddUpToAllRequestedRows()
    {
        var ledger = new JobLedger
        {
            Requested = 45,
            Stored = 1,
            Partial = 2,
            Waiting = 9,
            DoneAtProvider = 4,
            Refused = 5,
            Failed = 6,
            Expired = 7,
            Cancelled = 8,
            Missing = 7,
            Skipped = 3,
        };

        Assert.True(ledger.Adds);
        Assert.Equal(45, LedgerSlice.Of(ledger).Sum(s => s.Rows));
    }
}
