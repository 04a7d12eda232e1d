using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Files;
using Batchwork.Emulator.Storage;

namespace Batchwork.Emulator.Results;

/// <summary>The result files that are on disk at the moment.</summary>
internal sealed class ResultsOnDisk(EmulatorFolder folder, FileStore files, TimeProvider real)
{
    /// <summary>Opens a result file if it is there in full.</summary>
    public IFileContent? Open(FileRecord file)
    {
        var path = files.ResultsOf(file.Id);
        try
        {
            if (new FileInfo(path) is { Exists: true } info && info.Length == file.Bytes)
            {
                File.SetLastWriteTimeUtc(path, real.GetUtcNow().UtcDateTime);
                return new StoredContent(path);
            }
        }
        catch (FileNotFoundException)
        {
            // Dropped to make room between the question and the opening.
        }

        return null;
    }

    /// <summary>
    /// Drops the files that were not asked for the longest, until the rest fits. Those of the latest batch stay whatever their size.
    /// </summary>
    public void MakeRoom(long budget, BatchRecord latest)
    {
        var left = budget;
        string[] spared = [files.ResultsOf(latest.OutputFileId), files.ResultsOf(latest.ErrorFileId)];
        foreach (var file in new DirectoryInfo(folder.Results).EnumerateFiles("*.jsonl").OrderByDescending(file => file.LastWriteTimeUtc))
        {
            left -= file.Length;
            if (left < 0 && !spared.Contains(file.FullName))
            {
                file.Delete();
            }
        }
    }
}
