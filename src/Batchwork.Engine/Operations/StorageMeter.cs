using Batchwork.Engine.Hosting;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Operations;

/// <summary>Measures the data folder. The folder of pictures is not walked, it may hold millions: the ledger knows what is in it.</summary>
internal sealed class StorageMeter(DataFolder folder, IDiskSpace disk, TimeProvider time)
{
    /// <summary>The sums touch every picture's row.</summary>
    private static readonly TimeSpan s_kept = TimeSpan.FromMinutes(1);

    private volatile Sums? _sums;

    public async Task<StorageFacts> MeasureAsync(EngineDbContext context, CancellationToken cancellationToken)
    {
        if (_sums is not { } sums || time.GetUtcNow() - sums.At >= s_kept)
        {
            sums = new Sums(
                time.GetUtcNow(),
                await context.StoredImages.LongCountAsync(cancellationToken),
                await context.StoredImages.SumAsync(i => i.Bytes, cancellationToken));
            _sums = sums;
        }

        return new StorageFacts
        {
            Folder = folder.Root,
            Disk = disk.Measure(),
            DatabaseBytes = Size(folder.Database),
            LogBytes = Size(folder.Database + "-wal"),
            UnusedBytes = await FigureAsync<long>(context, "SELECT freelist_count * page_size AS Value FROM pragma_freelist_count, pragma_page_size", cancellationToken),
            Pictures = sums.Pictures,
            PictureBytes = sums.Bytes,
            SpoolBytes = new DirectoryInfo(folder.Spool).EnumerateFiles().Sum(Length),
            SqliteVersion = await FigureAsync<string>(context, "SELECT sqlite_version() AS Value", cancellationToken),
            Schema = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).LastOrDefault() ?? string.Empty,
        };
    }

    private static async Task<T> FigureAsync<T>(EngineDbContext context, string sql, CancellationToken cancellationToken) =>
        (await context.Database.SqlQueryRaw<T>(sql).ToListAsync(cancellationToken))[0];

    private static long Size(string path) => Length(new FileInfo(path));

    /// <summary>Files of the spool come and go.</summary>
    private static long Length(FileInfo file)
    {
        try
        {
            return file.Exists ? file.Length : 0;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }

    private sealed record Sums(DateTimeOffset At, long Pictures, long Bytes);
}
