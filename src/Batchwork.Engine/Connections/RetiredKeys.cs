using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Submission;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Connections;

/// <summary>Keys that were replaced: kept, sealed, for exactly as long as batches need them.</summary>
internal static class RetiredKeys
{
    /// <summary>Keeps the key that a connection has now, if batches were made with it that are not done with. Call it before another one takes its place.</summary>
    public static async Task KeepAsync(EngineDbContext context, Connection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (connection is not { SealedKey: { } sealedKey, KeyFingerprint: { } fingerprint }
            || !await NeedingParts(context, connection.Id, fingerprint).AnyAsync(cancellationToken)
            || await context.RetiredKeys.AnyAsync(k => k.ConnectionId == connection.Id && k.Fingerprint == fingerprint, cancellationToken))
        {
            return;
        }

        context.RetiredKeys.Add(new RetiredKey
        {
            Id = Guid.CreateVersion7(now),
            WorkspaceId = connection.WorkspaceId,
            ConnectionId = connection.Id,
            Fingerprint = fingerprint,
            SealedKey = sealedKey,
            Ending = connection.KeyEnding,
            BaseUrl = connection.BaseUrl,
            RetiredAt = now,
        });
    }

    /// <summary>The retired key with which a part's batch was made; <see langword="null"/> when that is the connection's own, or the provider refuses the old one.</summary>
    public static async Task<RetiredKey?> OfAsync(EngineDbContext context, JobPart part, CancellationToken cancellationToken)
    {
        // States from Creating on that are not given up: the provider may have, or has, what was made with this key.
        var fingerprint = await context.SubmissionAttempts
            .Where(a => a.PartId == part.Id && a.State < AttemptState.Rejected)
            .OrderByDescending(a => a.Number)
            .Select(a => a.KeyFingerprint)
            .FirstOrDefaultAsync(cancellationToken);
        return fingerprint is null ? null : await context.RetiredKeys
            .FirstOrDefaultAsync(k => k.ConnectionId == part.ConnectionId && k.Fingerprint == fingerprint && k.RejectedAt == null, cancellationToken);
    }

    /// <summary>Parts that need a key: their batch was made with it, and it is not stored, or its files at the provider are not deleted yet.</summary>
    public static IQueryable<JobPart> NeedingParts(EngineDbContext context, Guid connectionId, string fingerprint) =>
        context.JobParts.Where(p => p.ConnectionId == connectionId
            && (p.State != PartState.Closed || p.CleanUpAt != null)
            && context.SubmissionAttempts.Any(a => a.PartId == p.Id && a.State < AttemptState.Rejected && a.KeyFingerprint == fingerprint));

    /// <summary>Destroys those that nothing needs any more. Part of the caller's save.</summary>
    /// <returns>How many.</returns>
    public static async Task<int> DestroyAsync(EngineDbContext context, CancellationToken cancellationToken)
    {
        var destroyed = 0;
        foreach (var key in await context.RetiredKeys.ToListAsync(cancellationToken))
        {
            if (!await NeedingParts(context, key.ConnectionId, key.Fingerprint).AnyAsync(cancellationToken))
            {
                context.RetiredKeys.Remove(key);
                destroyed++;
            }
        }

        return destroyed;
    }
}
