using Batchwork.Engine.Connections;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Workspaces;

/// <summary>Reads the overview of a workspace: a few short lists, however much there is.</summary>
public sealed class OverviewQueries(
    JobQueries jobs, DraftQueries drafts, StuckRadar radar, ProviderAdapters adapters, IDbContextFactory<EngineDbContext> contexts, TimeProvider time)
{
    private const int RunningShown = 4;
    private const int NeedShown = 6;
    private const int PicturesShown = 12;
    private const int DraftsShown = 3;

    /// <summary>A description for people who do not see the picture; nobody listens to more.</summary>
    private const int ShownPrompt = 300;

    /// <summary>After a week without anybody caring, rows that failed are no news any more.</summary>
    private static readonly TimeSpan s_lately = TimeSpan.FromDays(7);

    /// <summary>States in which a job goes on by itself.</summary>
    public static IReadOnlyCollection<JobState> RunningStates { get; } =
        [JobState.Submitting, JobState.WaitingAtProvider, JobState.Running, JobState.Collecting, JobState.Cancelling];

    private static readonly JobState[] s_needStates = [JobState.NeedsYou, JobState.DoneWithProblems, JobState.Expired];

    /// <summary>Reads the overview.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The overview.</returns>
    public async Task<WorkspaceOverview> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var running = await jobs.ListAsync(actor, new JobFilter { States = RunningStates, Count = RunningShown }, cancellationToken);
        var need = await jobs.ListAsync(actor, new JobFilter { States = s_needStates, Count = NeedShown * 2 }, cancellationToken);
        var waits = await radar.ListAsync(actor, cancellationToken);
        var lists = await contexts.ReadAsync(
            actor,
            async context => (
                Paused: await PausedAsync(context, actor, cancellationToken),
                Pictures: await PicturesAsync(context, actor, cancellationToken),
                Stuck: await StuckAsync(context, waits, cancellationToken),
                Expiring: await ExpiringAsync(context, actor, cancellationToken),
                IsInSafeMode: await context.Installations.AnyAsync(i => i.SafeModeSince != null, cancellationToken),
                Drafts: await drafts.ListAsync(actor, DraftsShown, cancellationToken),
                HasJobs: await context.Jobs.AnyAsync(j => j.WorkspaceId == actor.WorkspaceId, cancellationToken)),
            cancellationToken);
        return new WorkspaceOverview
        {
            Running = running,
            Paused = lists.Paused,
            NeedYou = [.. need.Items.Where(j => NeedsAnswer(j, lists.Paused)).Take(NeedShown)],
            Stuck = lists.Stuck,
            Expiring = lists.Expiring,
            IsInSafeMode = lists.IsInSafeMode,
            Pictures = lists.Pictures,
            Drafts = lists.Drafts,
            IsNew = !lists.HasJobs && lists.Drafts.Count == 0,
        };
    }

    /// <summary>Whether a job is worth a line of its own. Not when it only waits for a connection that has one.</summary>
    private bool NeedsAnswer(JobSummary job, List<PausedConnection> paused) => job.State == JobState.NeedsYou
        ? !paused.Exists(c => c.Reason == job.Reason)
        : job.EndedAt > time.GetUtcNow() - s_lately && job.Ledger.Problems > 0;

    private async Task<List<PausedConnection>> PausedAsync(EngineDbContext context, Actor actor, CancellationToken cancellationToken)
    {
        var longAway = time.GetUtcNow() - ConnectionHealth.LongAway;
        var paused = await ConnectionQueries.Visible(context, actor)
            .Where(c => c.PausedReason != null || c.PausedBy != null || c.FailingSince <= longAway)
            .OrderBy(c => c.Label)
            .ToListAsync(cancellationToken);
        var found = new List<PausedConnection>(paused.Count);
        foreach (var connection in paused)
        {
            var waiting = await context.JobsThatNeed(connection.Id).CountAsync(j => j.DeletedAt == null, cancellationToken);
            found.Add(new PausedConnection(connection.Id, connection.Label, connection.WhyPaused ?? ConnectionHealth.Away(adapters.NameOf(connection.Provider), connection.FailingSince!.Value), waiting));
        }

        return found;
    }

    /// <summary>The longest waits first.</summary>
    private static async Task<List<StuckJob>> StuckAsync(EngineDbContext context, IReadOnlyDictionary<Guid, JobWait> waits, CancellationToken cancellationToken)
    {
        var longest = waits.OrderByDescending(w => w.Value.Pending).Take(NeedShown).ToList();
        var ids = longest.ConvertAll(w => w.Key);
        var names = await context.Jobs.Where(j => ids.Contains(j.Id)).ToDictionaryAsync(j => j.Id, j => j.Name, cancellationToken);
        return [.. longest.Where(w => names.ContainsKey(w.Key)).Select(w => new StuckJob(w.Key, names[w.Key], w.Value.Text))];
    }

    /// <summary>What people were warned of and what is still open.</summary>
    private async Task<List<ExpiringResults>> ExpiringAsync(EngineDbContext context, Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var near = await context.JobParts
            .Where(p => p.WorkspaceId == actor.WorkspaceId && p.ExpiryWarnedAt != null && p.ResultsExpireAt > now && p.State != PartState.Closed)
            .Join(context.Jobs.Where(j => j.DeletedAt == null), p => p.JobId, j => j.Id, (p, j) => new { j.Id, j.Name, j.Provider, p.ResultsExpireAt })
            .GroupBy(x => new { x.Id, x.Name, x.Provider })
            .Select(g => new { g.Key, At = g.Min(x => x.ResultsExpireAt) })
            .OrderBy(x => x.At)
            .Take(NeedShown)
            .ToListAsync(cancellationToken);
        return near.ConvertAll(x => new ExpiringResults(x.Key.Id, x.Key.Name, adapters.NameOf(x.Key.Provider), x.At!.Value));
    }

    private static async Task<List<RecentPicture>> PicturesAsync(EngineDbContext context, Actor actor, CancellationToken cancellationToken) =>
        await context.StoredImages
            .Where(i => i.WorkspaceId == actor.WorkspaceId && i.Thumbnail != ThumbnailState.Impossible)
            .Where(i => context.Jobs.Any(j => j.Id == i.JobId && j.DeletedAt == null))
            .OrderByDescending(i => i.StoredAt)
            .ThenByDescending(i => i.Id)
            .Take(PicturesShown)
            .Join(context.JobRows, i => i.RowId, r => r.Id, (i, r) => new { Image = i, r.Prompt })
            .Join(context.Jobs, x => x.Image.JobId, j => j.Id, (x, j) => new { x.Image, x.Prompt, j.Name })
            .OrderByDescending(x => x.Image.StoredAt)
            .ThenByDescending(x => x.Image.Id)
            .Select(x => new RecentPicture(x.Image.Id, x.Image.JobId, x.Name, x.Prompt.Substring(0, ShownPrompt)))
            .ToListAsync(cancellationToken);
}
