using System.Runtime.CompilerServices;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Archives;

/// <summary>
/// Reads what an archive is made of, some hundred rows at a time, each page with a context of its own: a download can take hours, and a read
/// transaction that is open for so long would keep the database's write-ahead log from being cut.
/// </summary>
internal sealed class ArchiveReader(IDbContextFactory<EngineDbContext> contexts, ArchiveJob job, ArchiveSnapshot snapshot)
{
    private const int ImageRowsAPage = 500;

    /// <summary>Fewer, because prompts come with them: up to 64 KB each.</summary>
    private const int RowsAPage = 200;

    private const int LongestPrompt = 100;

    /// <summary>The pictures in the order of the archive.</summary>
    public async IAsyncEnumerable<ArchiveImage> ImagesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var from = 0; from < job.RowCount; from += ImageRowsAPage)
        {
            foreach (var image in await contexts.ReadAsync(c => ImagesOf(c, from, from + ImageRowsAPage, cancellationToken), cancellationToken))
            {
                if (snapshot.Includes(image.RowIndex))
                {
                    yield return image;
                }
            }
        }
    }

    /// <summary>The requested rows in the order of the sheet, each with its pictures in the order of the archive. A row that had no answer is as it was then.</summary>
    public async IAsyncEnumerable<(JobRow Row, IReadOnlyList<ArchiveImage> Images)> RowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var from = 0; from < job.RowCount; from += RowsAPage)
        {
            var to = from + RowsAPage;
            var rows = await contexts.ReadAsync(
                c => c.JobRows.Where(r => r.JobId == job.Id && r.Index >= from && r.Index < to).OrderBy(r => r.Index).ToListAsync(cancellationToken),
                cancellationToken);
            var images = (await contexts.ReadAsync(c => ImagesOf(c, from, to, cancellationToken), cancellationToken)).ToLookup(i => i.RowIndex);
            foreach (var row in rows)
            {
                if (!snapshot.Includes(row.Index))
                {
                    Forget(row);
                }

                yield return (row, snapshot.Includes(row.Index) ? [.. images[row.Index]] : []);
            }
        }
    }

    private static void Forget(JobRow row)
    {
        row.State = row.State == RowState.Skipped ? RowState.Skipped : RowState.Waiting;
        row.ErrorCode = null;
        row.ErrorMessage = null;
        row.RevisedPrompt = null;
    }

    private Task<List<ArchiveImage>> ImagesOf(EngineDbContext context, int from, int to, CancellationToken cancellationToken)
    {
        var prompts = job.Pattern.UsesPrompt ? LongestPrompt : 0;
        var images = context.StoredImages
            .Where(i => i.JobId == job.Id && i.RowIndex >= from && i.RowIndex < to)
            .OrderBy(i => i.RowIndex).ThenBy(i => i.TryNumber).ThenBy(i => i.Index);
        return images
            .Join(
                context.JobRows,
                i => i.RowId,
                r => r.Id,
                (i, r) => new ArchiveImage
                {
                    RowIndex = i.RowIndex,
                    Number = r.Number,
                    CustomId = r.CustomId,
                    Prompt = prompts == 0 ? "" : r.Prompt.Substring(0, prompts),
                    Index = i.Index,
                    Sha256 = i.Sha256,
                    MediaType = i.MediaType,
                    Bytes = i.Bytes,
                    Crc32 = i.Crc32,
                    Width = i.Width,
                    Height = i.Height,
                    StoredAt = i.StoredAt,
                })
            .ToListAsync(cancellationToken);
    }
}
