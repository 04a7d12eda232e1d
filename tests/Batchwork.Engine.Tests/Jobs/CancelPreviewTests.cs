using Batchwork.Engine.Jobs;

namespace Batchwork.Engine.Tests.Jobs;

public sealed class CancelPreviewTests
{
    [Fact]
    public void Text_EveryKind_SaysWhatStaysAndWhatIsCharged()
    {
        var ledger = new JobLedger { Requested = 100, Waiting = 60, Sent = 40, DoneAtProvider = 15, Stored = 38, Partial = 2 };

        Assert.Equal(
            "55 rows are done: they stay and are charged. 25 are at the provider: those it finishes before it stops are charged and stored, the others are not charged. 20 were not sent and cost nothing.",
            CancelPreview.Of(ledger).Text);
    }

    [Fact]
    public void Text_NothingSent_SaysOnlyThat() =>
        Assert.Equal("3 were not sent and cost nothing.", CancelPreview.Of(new JobLedger { Requested = 3, Waiting = 3 }).Text);
}
