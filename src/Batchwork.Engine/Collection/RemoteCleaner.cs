using Batchwork.Engine.Connections;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Polling;
using Batchwork.Engine.Restoring;
using Batchwork.Engine.Submission;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Batchwork.Engine.Collection;

/// <summary>
/// Deletes a part's uploads and result files at the provider once everything of it is stored and counted. What is gone already counts as deleted. In safe
/// mode nothing is deleted: if this is a copy, the original still has to collect.
/// </summary>
internal sealed partial class RemoteCleaner(
    IDbContextFactory<EngineDbContext> contexts,
    ProviderAdapters adapters,
    CredentialsReader credentials,
    SafeModeService safeMode,
    TimeProvider time,
    ILogger<RemoteCleaner> logger)
{
    private const int AtOnce = 20;

    /// <summary>Then it is left to the provider, which deletes files by itself in the end.</summary>
    private const int MostTries = 10;

    /// <summary>Cleans up what is due.</summary>
    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        if (await safeMode.ReadAsync(cancellationToken) is not null)
        {
            return;
        }

        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var due = await context.JobParts
            .Where(p => p.CleanUpAt <= now && p.State == PartState.Closed)
            .Where(p => context.Connections.Any(c => c.Id == p.ConnectionId && c.PausedReason == null && (c.RestUntil == null || c.RestUntil <= now)))
            .OrderBy(p => p.CleanUpAt)
            .Take(AtOnce)
            .ToListAsync(cancellationToken);
        foreach (var part in due)
        {
            await CleanAsync(context, part, cancellationToken);
            await context.SaveChangesAsync(cancellationToken);
        }
    }

    private async Task CleanAsync(EngineDbContext context, JobPart part, CancellationToken cancellationToken)
    {
        try
        {
            var provider = await context.Jobs.Where(j => j.Id == part.JobId).Select(j => j.Provider).SingleAsync(cancellationToken);
            var opened = await credentials.OpenAsync(part, cancellationToken);
            foreach (var file in await FilesAsync(context, part, cancellationToken))
            {
                await DeleteAsync(provider, file, opened, cancellationToken);
            }

            part.CleanUpAt = null;
        }
        catch (Exception e) when (e is ProviderException or KeyUnavailableException)
        {
            part.CleanUpTries++;
            part.CleanUpAt = part.CleanUpTries < MostTries ? time.GetUtcNow() + (PollSchedule.BackOff(part.CleanUpTries) * part.CleanUpTries) : null;
            LogNotDeleted(part.Id, part.CleanUpTries, e);
        }
    }

    /// <summary>Results, and the uploads of attempts whose end is known. An upload that a batch in doubt may still be using is left alone.</summary>
    private static async Task<IEnumerable<string>> FilesAsync(EngineDbContext context, JobPart part, CancellationToken cancellationToken)
    {
        var uploads = await context.SubmissionAttempts
            .Where(a => a.PartId == part.Id && a.InputFileId != null && (a.State == AttemptState.Submitted || a.State == AttemptState.Rejected))
            .Select(a => a.InputFileId)
            .ToListAsync(cancellationToken);
        return new[] { part.OutputFileId, part.ErrorFileId }.Concat(uploads).OfType<string>().Distinct(StringComparer.Ordinal);
    }

    private async Task DeleteAsync(string provider, string file, BatchCredentials opened, CancellationToken cancellationToken)
    {
        try
        {
            await adapters.Of(provider).DeleteFileAsync(file, opened, cancellationToken);
        }
        catch (ProviderException e) when (e.Failure is ProviderFailure.NotFound or ProviderFailure.InvalidRequest)
        {
            // Deleted before: by us, right before a crash, by a person, or by time. Or it cannot be: Gemini calls the file of results
            // "files/batch-…", which is longer than the names it takes ("File ID cannot be more than 40 characters"), and lets it expire.
        }
    }

    [LoggerMessage(3010, LogLevel.Information, "Files of part {PartId} could not be deleted at the provider, try {Try}")]
    private partial void LogNotDeleted(Guid partId, int @try, Exception exception);
}
