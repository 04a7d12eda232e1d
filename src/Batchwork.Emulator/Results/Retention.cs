using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Clock;
using Batchwork.Emulator.Files;
using Batchwork.Emulator.Storage;

namespace Batchwork.Emulator.Results;

/// <summary>Removes from disk what nobody can ask for any more.</summary>
internal sealed class Retention(EmulatorFolder folder, FileStore files, BatchStore batches, EmulatorClock clock)
{
    public void Sweep()
    {
        RemoveOrphans();
        var now = clock.GetUtcNow();
        foreach (var file in files.All.Where(file => IsGone(file, now)).ToList())
        {
            // A deleted or expired input stays as long as results may have to be made from it.
            if (file.Part is FilePart.Output or FilePart.Errors
                || !batches.All.Any(batch => batch.InputFileId == file.Id && IsNeeded(batch, now)))
            {
                files.Purge(file.Id);
            }
        }
    }

    // Content whose record was never written: the process ended during the upload.
    private void RemoveOrphans()
    {
        var known = files.All.Select(file => file.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder.Files).Concat(Directory.EnumerateFiles(folder.Results)))
        {
            if (Path.GetExtension(path) is ".bin" or ".index" or ".jsonl" && !known.Contains(Path.GetFileNameWithoutExtension(path)))
            {
                File.Delete(path);
            }
        }
    }

    private static bool IsGone(FileRecord file, DateTimeOffset now) => file.DeletedAt is not null || file.ExpiresAt <= now;

    private static bool IsNeeded(BatchRecord batch, DateTimeOffset now) => now < new BatchTimeline(batch).EndsAt() + batch.ResultsLive;
}
