using Batchwork.Engine.Connections;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Jobs;

/// <summary>Jobs as pages show them. A job of another workspace, and one that was deleted, is answered like one that does not exist.</summary>
public sealed class JobQueries(IDbContextFactory<EngineDbContext> contexts, ProviderAdapters adapters, StuckRadar radar)
{
    private const int LargestList = 200;
    private const int LargestTimeline = 1_000;

    /// <summary>Lists jobs, the newest first.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="filter">Which jobs.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The jobs with their ledgers.</returns>
    public Task<Window<JobSummary>> ListAsync(Actor actor, JobFilter filter, CancellationToken cancellationToken) => contexts.ReadAsync(
        actor,
        async context =>
        {
            var jobs = Of(context, actor);
            if (filter.States.Count > 0)
            {
                jobs = jobs.Where(j => filter.States.Contains(j.State));
            }

            if (!string.IsNullOrWhiteSpace(filter.Search))
            {
                var pattern = LikePattern.Contains(filter.Search);
                jobs = jobs.Where(j => EF.Functions.Like(j.Name, pattern, LikePattern.Escape));
            }

            var total = await jobs.CountAsync(cancellationToken);
            var offset = Math.Max(filter.Offset, 0);
            var found = await jobs
                .OrderByDescending(j => j.CreatedAt).ThenByDescending(j => j.Id)
                .Skip(offset)
                .Take(Math.Clamp(filter.Count, 0, LargestList))
                .ToListAsync(cancellationToken);
            var ledgers = await JobLedgerReader.ReadAsync(context, found.ConvertAll(Subject), cancellationToken);
            return new Window<JobSummary>(found.ConvertAll(j => Summarise(j, ledgers[j.Id])), offset, total);
        },
        cancellationToken);

    /// <summary>Counts jobs by state.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The states that occur, each with its number of jobs.</returns>
    public Task<IReadOnlyDictionary<JobState, int>> CountAsync(Actor actor, CancellationToken cancellationToken) => contexts.ReadAsync(
        actor,
        async context => (IReadOnlyDictionary<JobState, int>)await Of(context, actor)
            .CountByAsync(j => j.State, cancellationToken),
        cancellationToken);

    /// <summary>Reads the head of a job's page.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The job, or <see langword="null"/> when there is none.</returns>
    public Task<JobView?> GetAsync(Actor actor, Guid jobId, CancellationToken cancellationToken) => contexts.ReadAsync(
        actor,
        async context =>
        {
            var job = await Of(context, actor).SingleOrDefaultAsync(j => j.Id == jobId, cancellationToken);
            return job is null ? null : await DetailAsync(context, job, cancellationToken) with { Wait = await radar.ReadAsync(actor, jobId, cancellationToken) };
        },
        cancellationToken);

    /// <summary>Reads a window of a job's rows, in the order of the sheet.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="filter">Which rows.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The rows; none when there is no such job.</returns>
    public Task<Window<RowItem>> RowsAsync(Actor actor, Guid jobId, RowFilter filter, CancellationToken cancellationToken) => contexts.ReadAsync(
        actor,
        async context => await ExistsAsync(context, actor, jobId, cancellationToken)
            ? await RowReader.ReadAsync(context, jobId, filter, cancellationToken)
            : new Window<RowItem>([], 0, 0),
        cancellationToken);

    /// <summary>Groups the rows that ended badly by their cause, those with most rows first.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The causes, and what came back that belongs to no row.</returns>
    public Task<JobProblems> ProblemsAsync(Actor actor, Guid jobId, CancellationToken cancellationToken) => contexts.ReadAsync(
        actor,
        async context => await ExistsAsync(context, actor, jobId, cancellationToken)
            ? await ProblemReader.ReadAsync(context, jobId, cancellationToken)
            : JobProblems.None,
        cancellationToken);

    /// <summary>Reads what happened to a job, the latest first.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="offset">Entries to leave out before the first.</param>
    /// <param name="count">Entries to read, at most 1,000.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The entries; none when there is no such job.</returns>
    public Task<Window<ActivityItem>> ActivityAsync(Actor actor, Guid jobId, int offset, int count, CancellationToken cancellationToken) =>
        contexts.ReadAsync(
            actor,
            async context =>
            {
                var all = context.Activities.Where(a => a.JobId == jobId && a.WorkspaceId == actor.WorkspaceId);
                var total = await ExistsAsync(context, actor, jobId, cancellationToken) ? await all.CountAsync(cancellationToken) : 0;
                var items = total == 0 ? [] : await all
                    .OrderByDescending(a => a.At).ThenByDescending(a => a.Id)
                    .Skip(Math.Max(offset, 0))
                    .Take(Math.Clamp(count, 0, LargestTimeline))
                    .Select(a => new ActivityItem(
                        a.Id, a.At, a.Kind, a.By, a.Text, context.JobParts.Where(p => p.Id == a.PartId).Select(p => (int?)p.Number).FirstOrDefault()))
                    .ToListAsync(cancellationToken);
                return new Window<ActivityItem>(items, Math.Max(offset, 0), total);
            },
            cancellationToken);

    private static IQueryable<Job> Of(EngineDbContext context, Actor actor) =>
        context.Jobs.Where(j => j.WorkspaceId == actor.WorkspaceId && j.DeletedAt == null);

    private static Task<bool> ExistsAsync(EngineDbContext context, Actor actor, Guid jobId, CancellationToken cancellationToken) =>
        Of(context, actor).AnyAsync(j => j.Id == jobId, cancellationToken);

    private static LedgerSubject Subject(Job job) => new(job.Id, job.RequestedRows, job.RequestedImages);

    private async Task<JobView> DetailAsync(EngineDbContext context, Job job, CancellationToken cancellationToken)
    {
        var ledgers = await JobLedgerReader.ReadAsync(context, [Subject(job)], cancellationToken);
        var parts = await PartReader.ReadAsync(context, job.Id, cancellationToken);
        var images = await context.StoredImages
            .Where(i => i.JobId == job.Id)
            .GroupBy(i => i.JobId)
            .Select(g => new { Count = g.Count(), Bytes = g.Sum(i => i.Bytes) })
            .SingleOrDefaultAsync(cancellationToken);
        return new JobView
        {
            Summary = Summarise(job, ledgers[job.Id]),
            Defaults = job.Defaults,
            Estimate = job.Estimate,
            Tries = job.Tries,
            CancelRequestedAt = job.CancelRequestedAt,
            StartedAt = StartOf(job, parts),
            Parts = parts,
            Images = images?.Count ?? 0,
            ImageBytes = images?.Bytes ?? 0,
            Retry = await RetryReader.ReadAsync(context, job, RetryScope.All, cancellationToken),
            Forecast = await ForecastReader.ReadAsync(context, job, cancellationToken),
            Unmatched = await context.UnmatchedResults.CountAsync(u => u.JobId == job.Id, cancellationToken),
            Version = job.Version,
        };
    }

    private static DateTimeOffset StartOf(Job job, IReadOnlyList<PartSummary> parts) => job.Tries == 1
        ? job.CreatedAt
        : parts.Where(p => p.TryNumber == job.Tries).Min(p => p.SubmittedAt) ?? job.CreatedAt;

    private JobSummary Summarise(Job job, JobLedger ledger) => new()
    {
        Id = job.Id,
        Name = job.Name,
        Provider = job.Provider,
        ProviderName = adapters.NameOf(job.Provider),
        Model = job.Model,
        IsDemo = job.IsDemo,
        CreatedByName = job.CreatedByName,
        CreatedAt = job.CreatedAt,
        EndedAt = job.EndedAt,
        State = job.State,
        Reason = job.Reason,
        Ledger = ledger,
    };
}
