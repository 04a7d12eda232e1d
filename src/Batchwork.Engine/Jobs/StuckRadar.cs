using Batchwork.Engine.Connections;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Jobs;

/// <summary>Tells waits that are unusual from those that are not, by this installation's own history. The demo is neither watched nor counted.</summary>
public sealed class StuckRadar(IDbContextFactory<EngineDbContext> contexts, ProviderAdapters adapters, TimeProvider time)
{
    private const int History = 500;

    /// <summary>Before that nothing is stuck.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(30);

    /// <summary>How long a job's oldest part has been at its provider.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The wait; <see langword="null"/> when none of its parts waits for the provider for long.</returns>
    public async Task<JobWait?> ReadAsync(Actor actor, Guid jobId, CancellationToken cancellationToken) =>
        (await ReadAsync(actor, p => p.Where(part => part.JobId == jobId), cancellationToken)).Values.FirstOrDefault();

    /// <summary>The jobs of a workspace that have waited longer for their provider than nearly all before them.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The jobs with their waits.</returns>
    public async Task<IReadOnlyDictionary<Guid, JobWait>> ListAsync(Actor actor, CancellationToken cancellationToken) =>
        (await ReadAsync(actor, p => p, cancellationToken)).Where(w => w.Value.IsUnusual).ToDictionary();

    private Task<Dictionary<Guid, JobWait>> ReadAsync(Actor actor, Func<IQueryable<JobPart>, IQueryable<JobPart>> which, CancellationToken cancellationToken) => contexts.ReadAsync(
        actor,
        async context =>
        {
            var now = time.GetUtcNow();
            var before = now - s_patience;
            var waiting = await which(context.JobParts)
                .Where(p => p.WorkspaceId == actor.WorkspaceId && p.State == PartState.AtProvider && p.SubmittedAt < before)
                .Join(context.Jobs.Where(j => !j.IsDemo && j.DeletedAt == null), p => p.JobId, j => j.Id, (p, j) => new { p.JobId, j.Provider, p.SubmittedAt })
                .ToListAsync(cancellationToken);
            var found = new Dictionary<Guid, JobWait>();
            foreach (var ofProvider in waiting.GroupBy(w => w.Provider))
            {
                var history = await HistoryAsync(context, ofProvider.Key, cancellationToken);
                foreach (var job in ofProvider.GroupBy(w => w.JobId))
                {
                    var pending = now - job.Min(w => w.SubmittedAt)!.Value;
                    found[job.Key] = new JobWait(pending, history.Count(took => took < pending), history.Count, adapters.NameOf(ofProvider.Key));
                }
            }

            return found;
        },
        cancellationToken);

    private static async Task<List<TimeSpan>> HistoryAsync(EngineDbContext context, string provider, CancellationToken cancellationToken)
    {
        var ended = await context.JobParts
            .Where(p => p.State == PartState.Closed && p.SubmittedAt != null && p.ProviderEndedAt != null && p.CancelSentAt == null)
            .Where(p => context.Jobs.Any(j => j.Id == p.JobId && j.Provider == provider && !j.IsDemo))
            .OrderByDescending(p => p.Id)
            .Take(History)
            .Select(p => new { SubmittedAt = p.SubmittedAt!.Value, EndedAt = p.ProviderEndedAt!.Value })
            .ToListAsync(cancellationToken);

        // Providers' clocks differ from ours, and some tell only a date: no batch ends before it began.
        return ended.ConvertAll(p => p.EndedAt > p.SubmittedAt ? p.EndedAt - p.SubmittedAt : TimeSpan.Zero);
    }
}
