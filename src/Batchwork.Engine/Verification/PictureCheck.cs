using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Batchwork.Engine.Images;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Verification;

/// <summary>
/// I5: every picture named in the database is on disk, whole, with the bytes its hash names. Reading all pictures takes hours, so their names are read
/// a page at a time: a snapshot held so long would keep SQLite's log from being emptied. What is found wrong is looked up once more, because its job may
/// have been deleted meanwhile.
/// </summary>
internal sealed class PictureCheck(IImageStore store)
{
    private const int PageSize = 500;

    /// <summary>How many pictures there are to look at.</summary>
    /// <param name="context">The database.</param>
    /// <param name="cancellationToken">Cancels the count.</param>
    /// <returns>Rows that name a picture; several may name the same one.</returns>
    public static Task<long> CountAsync(EngineDbContext context, CancellationToken cancellationToken) => context.StoredImages.LongCountAsync(cancellationToken);

    /// <summary>Looks at every picture.</summary>
    /// <param name="context">The database, outside of any transaction.</param>
    /// <param name="looked">Told how many pictures were looked at since it was told last.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <returns>Each fault, as it is found.</returns>
    public async IAsyncEnumerable<IntegrityFault> FindAsync(EngineDbContext context, Action<int> looked, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = string.Empty;
        while (await PageAsync(context, last, cancellationToken) is { Count: > 0 } page)
        {
            // One file may be the picture of many rows.
            foreach (var same in page.GroupBy(p => (p.Sha256, p.MediaType)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (await FaultAsync(same.First(), cancellationToken) is { } fault && await context.StoredImages.AnyAsync(i => i.Sha256 == same.Key.Sha256, cancellationToken))
                {
                    yield return fault;
                }

                looked(same.Count());
            }

            last = page[^1].Sha256;
        }

        await foreach (var fault in FindUnmatchedAsync(context, cancellationToken))
        {
            yield return fault;
        }
    }

    /// <summary>The next pictures by hash, the last hash of the page with all its rows.</summary>
    private static async Task<List<Named>> PageAsync(EngineDbContext context, string last, CancellationToken cancellationToken)
    {
#pragma warning disable CA1309 // SQLite compares, byte by byte.
        var page = await Named.Of(context.StoredImages.Where(i => string.Compare(i.Sha256, last) > 0).OrderBy(i => i.Sha256).Take(PageSize)).ToListAsync(cancellationToken);
#pragma warning restore CA1309
        if (page.Count == PageSize)
        {
            var end = page[^1].Sha256;
            page.RemoveAll(p => p.Sha256 == end);
            page.AddRange(await Named.Of(context.StoredImages.Where(i => i.Sha256 == end)).ToListAsync(cancellationToken));
        }

        return page;
    }

    private async IAsyncEnumerable<IntegrityFault> FindUnmatchedAsync(EngineDbContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Only names: there are few of them.
        var results = await context.UnmatchedResults.Select(u => new { u.Id, u.Images }).ToListAsync(cancellationToken);
        foreach (var (id, image) in results.SelectMany(r => r.Images, (r, image) => (r.Id, image)))
        {
            var picture = new Named(Path.GetFileNameWithoutExtension(image), MediaTypes.OfExtension(Path.GetExtension(image)), null);
            if (await FaultAsync(picture, cancellationToken) is { } fault && await context.UnmatchedResults.AnyAsync(u => u.Id == id, cancellationToken))
            {
                yield return fault;
            }
        }
    }

    private async Task<IntegrityFault?> FaultAsync(Named picture, CancellationToken cancellationToken)
    {
        await using var stream = store.OpenRead(picture.Sha256, picture.MediaType);
        return stream is null ? new IntegrityFault("I5", $"Picture {picture.Sha256} is not on disk.")
            : picture.Bytes is { } bytes && stream.Length != bytes ? new IntegrityFault("I5", string.Create(CultureInfo.InvariantCulture, $"Picture {picture.Sha256} has {stream.Length} bytes instead of {bytes}."))
            : Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken)) != picture.Sha256 ? new IntegrityFault("I5", $"Picture {picture.Sha256} has other bytes than its name says.")
            : null;
    }

    private sealed record Named(string Sha256, string MediaType, long? Bytes)
    {
        public static IQueryable<Named> Of(IQueryable<StoredImage> images) => images.Select(i => new Named(i.Sha256, i.MediaType, i.Bytes));
    }
}
