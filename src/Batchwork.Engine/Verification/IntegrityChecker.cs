using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Submission;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Verification;

/// <summary>
/// Checks everything that can be checked without asking a provider: the ledger adds up, no part was paid twice without a person's word, nothing is
/// silently stuck, and every picture is on disk with the bytes its hash names. Reads only.
/// </summary>
public sealed class IntegrityChecker(IDbContextFactory<EngineDbContext> contexts, IImageStore store)
{
    /// <summary>Checks the whole data folder.</summary>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <returns>Every fault, as it is found. None means that all promises hold.</returns>
    public async IAsyncEnumerable<IntegrityFault> CheckAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var fault in await DatabaseAsync(context, cancellationToken))
        {
            yield return fault;
        }

        await foreach (var fault in SubmissionsAsync(context).WithCancellation(cancellationToken))
        {
            yield return fault;
        }

        await foreach (var fault in LedgersAsync(context).WithCancellation(cancellationToken))
        {
            yield return fault;
        }

        await foreach (var fault in StuckAsync(context).WithCancellation(cancellationToken))
        {
            yield return fault;
        }

        await foreach (var fault in PicturesAsync(context, cancellationToken))
        {
            yield return fault;
        }
    }

    private static async Task<IReadOnlyList<IntegrityFault>> DatabaseAsync(EngineDbContext context, CancellationToken cancellationToken)
    {
        var answers = await context.Database.SqlQueryRaw<string>("PRAGMA integrity_check").ToListAsync(cancellationToken);
        return [.. answers.Where(a => a != "ok").Select(a => new IntegrityFault("database", a))];
    }

    /// <summary>I1: one accepted create a part, unless a person decided otherwise. I2: every batch belongs to one attempt.</summary>
    private static async IAsyncEnumerable<IntegrityFault> SubmissionsAsync(EngineDbContext context)
    {
        var twice = context.SubmissionAttempts
            .Where(a => a.BatchId != null && a.State == AttemptState.Submitted)
            .GroupBy(a => a.PartId)
            .Where(g => g.Count() > 1)
            .Select(g => g.Key);
        await foreach (var part in twice.AsAsyncEnumerable())
        {
            yield return new IntegrityFault("I1", $"Part {part} was submitted more than once.");
        }

        var shared = context.SubmissionAttempts
            .Where(a => a.BatchId != null)
            .GroupBy(a => new { a.Provider, a.BatchId })
            .Where(g => g.Count() > 1)
            .Select(g => g.Key.BatchId);
        await foreach (var batch in shared.AsAsyncEnumerable())
        {
            yield return new IntegrityFault("I2", $"Batch {batch} belongs to more than one attempt.");
        }

        var orphaned = context.JobParts
            .Where(p => p.BatchId != null && !context.SubmissionAttempts.Any(a => a.PartId == p.Id && a.BatchId == p.BatchId))
            .Select(p => new { p.Id, p.BatchId });
        await foreach (var part in orphaned.AsAsyncEnumerable())
        {
            yield return new IntegrityFault("I2", $"Part {part.Id} names batch {part.BatchId}, which no attempt submitted.");
        }
    }

    /// <summary>I3: requested = the sum of the eight states, and a closed part leaves no row waiting. I4: as many pictures as the row says.</summary>
    private static async IAsyncEnumerable<IntegrityFault> LedgersAsync(EngineDbContext context)
    {
        var incomplete = context.Jobs
            .Select(j => new { j.Id, j.RequestedRows, Rows = context.JobRows.Count(r => r.JobId == j.Id && r.State != RowState.Skipped) })
            .Where(j => j.RequestedRows != j.Rows);
        await foreach (var job in incomplete.AsAsyncEnumerable())
        {
            yield return new IntegrityFault("I3", string.Create(CultureInfo.InvariantCulture, $"Job {job.Id} requested {job.RequestedRows} rows but has {job.Rows}."));
        }

        var unexplained = context.JobParts
            .Where(p => p.State == PartState.Closed)
            .Select(p => new { p.Id, Waiting = context.JobRows.Count(r => r.PartId == p.Id && r.State == RowState.Waiting) })
            .Where(p => p.Waiting > 0);
        await foreach (var part in unexplained.AsAsyncEnumerable())
        {
            yield return new IntegrityFault("I3", string.Create(CultureInfo.InvariantCulture, $"Part {part.Id} is closed but {part.Waiting} of its rows are unexplained."));
        }

        var miscounted = context.JobRows
            .Select(r => new { r.JobId, r.CustomId, r.State, r.RequestedImages, r.StoredImages, Pictures = context.StoredImages.Count(i => i.RowId == r.Id && i.TryNumber == r.TryNumber) })
            .Where(r => r.StoredImages != r.Pictures
                || (r.State == RowState.Stored && r.Pictures < r.RequestedImages)
                || (r.State == RowState.Partial && (r.Pictures == 0 || r.Pictures >= r.RequestedImages)));
        await foreach (var row in miscounted.AsAsyncEnumerable())
        {
            yield return new IntegrityFault("I4", string.Create(CultureInfo.InvariantCulture, $"Row {row.CustomId} of job {row.JobId} is {row.State} with {row.StoredImages} images, but {row.Pictures} are stored."));
        }
    }

    /// <summary>I7: whatever is not finished is either due some time or waits for a person, and says why.</summary>
    private static async IAsyncEnumerable<IntegrityFault> StuckAsync(EngineDbContext context)
    {
        var stuck = context.JobParts
            .Where(p => (p.State != PartState.Closed && p.State != PartState.Held && p.NextCheckAt == null) || (p.State == PartState.Held && p.Reason == null))
            .Select(p => new { p.Id, p.State });
        await foreach (var part in stuck.AsAsyncEnumerable())
        {
            yield return new IntegrityFault("I7", $"Part {part.Id} is {part.State} and nothing will ever look at it.");
        }
    }

    /// <summary>I5: every picture named in the database is on disk, whole, with the bytes its hash names.</summary>
    private async IAsyncEnumerable<IntegrityFault> PicturesAsync(EngineDbContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pictures = context.StoredImages.Select(i => new { i.Sha256, i.MediaType, i.Bytes }).Distinct().OrderBy(i => i.Sha256);
        await foreach (var picture in pictures.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            await using var stream = store.OpenRead(picture.Sha256, picture.MediaType);
            if (stream is null)
            {
                yield return new IntegrityFault("I5", $"Picture {picture.Sha256} is not on disk.");
            }
            else if (stream.Length != picture.Bytes)
            {
                yield return new IntegrityFault("I5", string.Create(CultureInfo.InvariantCulture, $"Picture {picture.Sha256} has {stream.Length} bytes instead of {picture.Bytes}."));
            }
            else if (Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken)) != picture.Sha256)
            {
                yield return new IntegrityFault("I5", $"Picture {picture.Sha256} has other bytes than its name says.");
            }
        }
    }
}
