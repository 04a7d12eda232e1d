using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Clock;

namespace Batchwork.Emulator.Results;

/// <summary>Has result files made while their batch still runs by the clock, so that they are there when it ends.</summary>
internal sealed class ResultsAhead(ResultFiles results, EmulatorClock clock, TimeProvider real)
{
    // Making the files of a small batch takes less than this even if nobody looked at it while it ran.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>A look at a batch that runs begins its files.</summary>
    public Task Begin(BatchRecord batch) =>
        batch.Results is not null || new BatchTimeline(batch).At(clock.GetUtcNow()).Status is BatchStatus.Validating or BatchStatus.Failed
            ? Task.CompletedTask
            : results.MakeAsync(batch);

    /// <summary>A look at a batch whose time is over also waits a little for them.</summary>
    public async Task PrepareAsync(BatchRecord batch, CancellationToken cancellationToken)
    {
        var making = Begin(batch);
        if (!making.IsCompleted && clock.GetUtcNow() >= new BatchTimeline(batch).EndsAt())
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(making, Task.Delay(s_patience, real, patience.Token));
            await patience.CancelAsync();
        }
    }
}
