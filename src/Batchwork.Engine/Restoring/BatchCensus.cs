using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Batchwork.Adapters;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Submission;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Restoring;

/// <summary>
/// Looks through the batches at a provider for tags of this instance that this database has never given out, or has given out and never sent. When the
/// whole data folder was restored or copied, only the provider knows. Asked before the first paid call over a connection after a start, and again each hour.
/// </summary>
internal sealed partial class BatchCensus(
    IDbContextFactory<EngineDbContext> contexts, ProviderAdapters adapters, CredentialsReader credentials, SafeModeService safeMode, TimeProvider time)
{
    private const int MostBatches = 5_000;

    /// <summary>Lists are in no promised order: so many old ones in a row and the rest is taken to be old too.</summary>
    private const int OldOnesInARow = 200;

    private static readonly TimeSpan s_between = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_back = TimeSpan.FromDays(7);

    /// <summary>How long a tag is remembered: longer than any batch is listed in the window above.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(60);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _counted = new();
    private readonly ConcurrentDictionary<string, bool> _sentElsewhere = new(StringComparer.Ordinal);

    /// <summary>Whether the provider has a batch under the tag of an attempt that was not sent from here: it must be looked for, not sent.</summary>
    public bool WasSent(string tag) => _sentElsewhere.ContainsKey(tag);

    /// <summary>Looks, unless it was done a short while ago. Enters safe mode when something unknown is found.</summary>
    public async Task TakeAsync(Job job, CancellationToken cancellationToken)
    {
        // The demo's provider lies in the data folder itself: it was restored or copied together with the database.
        if (job.IsDemo || (_counted.TryGetValue(job.ConnectionId, out var last) && time.GetUtcNow() - last < s_between))
        {
            return;
        }

        var adapter = adapters.Of(job.Provider);
        var found = await FindAsync(adapter, job.ConnectionId, await credentials.OpenAsync(job.ConnectionId, cancellationToken), cancellationToken);
        if (found.Count > 0)
        {
            await safeMode.EnterAsync(found, cancellationToken);
        }

        _counted[job.ConnectionId] = time.GetUtcNow();
    }

    private async Task<List<UnknownBatch>> FindAsync(IBatchAdapter adapter, Guid connectionId, BatchCredentials opened, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var prefix = $"bw1-{await context.Installations.Select(i => i.InstanceId).SingleAsync(cancellationToken)}-";
        var ours = new List<UnknownBatch>();
        var (seen, old, oldest) = (0, 0, time.GetUtcNow() - s_back);
        await foreach (var batch in adapter.ListAsync(opened, cancellationToken))
        {
            old = batch.CreatedAt < oldest ? old + 1 : 0;
            if (old >= OldOnesInARow || ++seen > MostBatches)
            {
                break;
            }

            if (old == 0 && TagOf(batch) is { } tag && tag.StartsWith(prefix, StringComparison.Ordinal))
            {
                ours.Add(new UnknownBatch(connectionId, adapter.Capabilities.DisplayName, batch.Id, tag, batch.RequestCounts.Total, batch.CreatedAt, batch.RawStatus));
            }
        }

        return await WithoutKnownAsync(context, ours, cancellationToken);
    }

    /// <summary>Reads what is known here behind the list, never before it: a batch that another worker made meanwhile is in both then.</summary>
    private async Task<List<UnknownBatch>> WithoutKnownAsync(EngineDbContext context, List<UnknownBatch> ours, CancellationToken cancellationToken)
    {
        var known = (await context.UsedTags.Select(t => t.Tag).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var unsent = await context.SubmissionAttempts.Where(a => a.State < AttemptState.Creating).ToDictionaryAsync(a => a.Tag, a => a.SentAt, StringComparer.Ordinal, cancellationToken);
        var unknown = new List<UnknownBatch>();
        foreach (var batch in ours)
        {
            var isUnsent = unsent.TryGetValue(batch.Tag, out var sentAt);
            if (isUnsent)
            {
                _sentElsewhere[batch.Tag] = true;
            }

            // One that was sent from here and refused is there all the same: adopted, but no sign of a restored backup.
            if (isUnsent ? sentAt is null : !known.Contains(batch.Tag))
            {
                unknown.Add(batch);
            }
        }

        return unknown;
    }

    /// <summary>Providers keep the tag in different places (metadata, display name, name, name of the file): wherever it stands, it stands in the answer.</summary>
    private static string? TagOf(BatchSnapshot batch)
    {
        var stated = batch.Metadata.Values.FirstOrDefault(v => Tag().IsMatch(v));
        var raw = stated ?? (batch.Raw.ValueKind == System.Text.Json.JsonValueKind.Undefined ? null : batch.Raw.GetRawText());
        return raw is not null && Tag().Match(raw) is { Success: true } match ? match.Value : null;
    }

    [GeneratedRegex("bw1-[0-9a-z]{8}-[0-9a-z]{26}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Tag();
}
