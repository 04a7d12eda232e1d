using Batchwork.Engine.Hosting;

namespace Batchwork.Engine.Images;

/// <summary>Pictures in the data folder, <c>images/ab/cd/&lt;sha256&gt;.&lt;ext&gt;</c>.</summary>
internal sealed class FolderImageStore(DataFolder folder, TimeProvider time) : IImageStore
{
    /// <summary>More does not help: the disk does one thing at a time, a few requests keep its queue filled.</summary>
    private const int ParallelFlushes = 8;

    public ValueTask<IImageWriter> CreateAsync(CancellationToken cancellationToken)
    {
        // In the spool, which lies on the same file system: a rename is then all that is left to do.
        var path = Path.Combine(folder.Spool, $"{Guid.CreateVersion7(time.GetUtcNow()):N}.part");
        return ValueTask.FromResult<IImageWriter>(new ReceivedPictureWriter(path));
    }

    public async Task CommitAsync(IReadOnlyCollection<ReceivedPicture> pictures, CancellationToken cancellationToken)
    {
        await EachAsync(pictures, picture => RandomAccess.FlushToDisk(picture.Handle), cancellationToken);
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var picture in pictures)
        {
            var target = PathOf(picture.Sha256, picture.MediaType);
            var parent = Path.GetDirectoryName(target)!;
            Directory.CreateDirectory(parent);
            if (folders.Add(parent))
            {
                // A new folder's own name must survive as well.
                folders.Add(Path.GetDirectoryName(parent)!);
            }

            File.Move(picture.Path, target, overwrite: true);
            picture.CommittedAs(target);
        }

        folders.Add(folder.Images);
        await EachAsync(folders, DurableFolder.Flush, cancellationToken);
    }

    public Stream? OpenRead(string sha256, string mediaType)
    {
        try
        {
            return new FileStream(PathOf(sha256, mediaType), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public void Delete(string sha256, string mediaType)
    {
        try
        {
            File.Delete(PathOf(sha256, mediaType));
        }
        catch (DirectoryNotFoundException)
        {
            // Never stored, or already removed with its folder.
        }
    }

    /// <summary>Side by side: what waits for the disk at the same time is put there by one write of its journal.</summary>
    private static Task EachAsync<T>(IEnumerable<T> items, Action<T> flush, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        items,
        new ParallelOptions { MaxDegreeOfParallelism = ParallelFlushes, CancellationToken = cancellationToken },
        (item, _) =>
        {
            flush(item);
            return ValueTask.CompletedTask;
        });

    private string PathOf(string sha256, string mediaType) =>
        Path.Combine(folder.Images, sha256[..2], sha256[2..4], sha256 + MediaTypes.Extension(mediaType));
}
