using Batchwork.Engine.Jobs;

namespace Batchwork.Engine.Tests.Jobs;

public sealed class CancelPreviewTests
{
    [Fact]
    public void Of_ALedger_TellsWhatStaysFromWhatMayBeChargedAndWhatCostsNothing() => Assert.Equal(
        new CancelPreview(Stored: 40, DoneAtProvider: 15, AtProvider: 25, NotSent: 20),
        CancelPreview.Of(new JobLedger { Requested = 100, Waiting = 60, Sent = 40, DoneAtProvider = 15, Stored = 38, Partial = 2 }));

    [Fact]
    public void Of_NothingSent_CostsNothing() => Assert.Equal(
        new CancelPreview(0, 0, 0, NotSent: 3),
        CancelPreview.Of(new JobLedger { Requested = 3, Waiting = 3 }));
}
