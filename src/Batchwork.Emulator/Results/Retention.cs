using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Clock;
using Batchwork.Emulator.Files;

namespace Batchwork.Emulator.Results;

/// <summary>Removes from disk what nobody can ask for any more.</summary>
internal sealed class Retention(FileStore files, BatchStore batches, EmulatorClock clock)
{
    public void Sweep()
    {
        var now = clock.GetUtcNow();
        foreach (var file in files.All.Where(file => IsGone(file, now)).ToList())
        {
            // A deleted or expired input stays as long as results may have to be made from it.
            if (file.Part != FilePart.Input || !batches.All.Any(batch => batch.InputFileId == file.Id && IsNeeded(batch, now)))
            {
                files.Purge(file.Id);
            }
        }
    }

    private static bool IsGone(FileRecord file, DateTimeOffset now) => file.DeletedAt is not null || file.ExpiresAt <= now;

    private static bool IsNeeded(BatchRecord batch, DateTimeOffset now) => now < new BatchTimeline(batch).EndsAt() + batch.ResultsLive;
}
