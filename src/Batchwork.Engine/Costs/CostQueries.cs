using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Submission;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Costs;

/// <summary>What a workspace's work cost. Every member may see it: <see cref="Role.Viewer"/> sees everything.</summary>
public sealed class CostQueries(IDbContextFactory<EngineDbContext> contexts, TimeProvider time)
{
    private const int MonthsShown = 12;
    private const int LargestWindow = 500;

    /// <summary>The budgets as they are now.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The workspace's first, then those of its connections; also where no budget is set.</returns>
    public async Task<IReadOnlyList<BudgetState>> BudgetsAsync(Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Viewer);
        return await contexts.ReadAsync(context => BudgetReader.ReadAsync(context, actor.WorkspaceId, time.GetUtcNow(), cancellationToken), cancellationToken);
    }

    /// <summary>A month of costs.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="month">The month; <see langword="null"/> for the one that goes on.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The month.</returns>
    public async Task<CostOverview> MonthAsync(Actor actor, BillingMonth? month, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Viewer);
        var current = BillingMonth.Of(time.GetUtcNow());
        return await contexts.ReadAsync(context => ReadMonthAsync(context, actor.WorkspaceId, month ?? current, current, cancellationToken), cancellationToken);
    }

    /// <summary>What one job cost.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Its costs; <see langword="null"/> when there is no such job here.</returns>
    public async Task<JobCosts?> JobAsync(Actor actor, Guid jobId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Viewer);
        return await contexts.ReadAsync(
            async context =>
            {
                var job = await context.Jobs.SingleOrDefaultAsync(j => j.Id == jobId && j.WorkspaceId == actor.WorkspaceId && j.DeletedAt == null, cancellationToken);
                return job is null ? null : await ReadJobAsync(context, job, cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>What the tries of a job's rows cost, in the order of the sheet.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="offset">Lines to leave out before the first.</param>
    /// <param name="count">Most lines, at most 500.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The lines; none when there is no such job here. Rows that cost nothing have none.</returns>
    public async Task<Window<RowCost>> RowsAsync(Actor actor, Guid jobId, int offset, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Viewer);
        var skip = Math.Max(offset, 0);
        return await contexts.ReadAsync(
            async context =>
            {
                var lines = context.CostLines
                    .Where(l => l.JobId == jobId && l.WorkspaceId == actor.WorkspaceId && context.Jobs.Any(j => j.Id == jobId && j.DeletedAt == null));
                var total = await lines.CountAsync(cancellationToken);
                var found = await lines
                    .Join(context.JobRows, l => l.RowId, r => r.Id, (l, r) => new { Line = l, Row = r })
                    .OrderBy(x => x.Row.Index).ThenBy(x => x.Line.TryNumber)
                    .Skip(skip)
                    .Take(Math.Clamp(count, 0, LargestWindow))
                    .Select(x => new RowCost(
                        x.Row.Id, x.Row.Number, x.Row.CustomId, x.Line.TryNumber, x.Line.Day, x.Line.MicroUsd, x.Line.EstimateMicroUsd, x.Line.Basis))
                    .ToListAsync(cancellationToken);
                return new Window<RowCost>(found, skip, total);
            },
            cancellationToken);
    }

    private async Task<CostOverview> ReadMonthAsync(
        EngineDbContext context, Guid workspaceId, BillingMonth month, BillingMonth current, CancellationToken cancellationToken)
    {
        var days = await CostReader.ByJobAsync(CostReader.Of(context, workspaceId, month.First, month.End), cancellationToken);
        var held = month == current ? await BudgetReader.HeldAsync(context, workspaceId, cancellationToken) : [];
        var jobs = await CostReader.JobNamesAsync(context, workspaceId, [.. days.Select(d => d.JobId).Concat(held.Select(h => h.JobId)).Distinct()], cancellationToken);
        var labels = await context.Connections.Where(c => c.WorkspaceId == workspaceId).ToDictionaryAsync(c => c.Id, c => c, cancellationToken);
        var unknown = new CostReader.JobName("A job that was removed", string.Empty, "Somebody", false);

        CostReader.JobName JobOf(Guid id) => jobs.GetValueOrDefault(id, unknown);

        return new CostOverview
        {
            Month = month,
            IsCurrent = month == current,
            Budgets = await BudgetReader.ReadAsync(context, workspaceId, time.GetUtcNow(), cancellationToken),
            Sum = SumOf(days),
            Days = DaysOf(month, days),
            Months = await MonthsAsync(context, workspaceId, month, cancellationToken),
            Jobs = Shares(days, held, d => d.JobId, h => h.JobId, id => new CostShare(id.ToString(), JobOf(id).Name, CostSum.Nothing, 0) { Exists = JobOf(id).Exists }),
            Members = Shares(
                days,
                held,
                d => JobOf(d.JobId).CreatedBy,
                h => JobOf(h.JobId).CreatedBy,
                id => new CostShare(id, jobs.Values.FirstOrDefault(j => j.CreatedBy == id)?.CreatedByName ?? unknown.CreatedByName, CostSum.Nothing, 0)),
            Connections = Shares(
                days,
                held,
                d => d.ConnectionId,
                h => h.ConnectionId,
                id => new CostShare(id.ToString(), labels.GetValueOrDefault(id)?.Label ?? "A connection that was removed", CostSum.Nothing, 0)
                {
                    Exists = labels.GetValueOrDefault(id) is { DeletedAt: null },
                }),
        };
    }

    private static CostSum SumOf(IEnumerable<CostReader.JobDay> days) => days.Aggregate(CostSum.Nothing, (sum, day) => sum + day.Sum);

    private static List<CostPeriod> DaysOf(BillingMonth month, List<CostReader.JobDay> days)
    {
        var byDay = days.GroupBy(d => d.Day).ToDictionary(g => g.Key, SumOf);
        return [.. Enumerable.Range(0, month.End.DayNumber - month.First.DayNumber)
            .Select(month.First.AddDays)
            .Select(day => new CostPeriod(day, byDay.GetValueOrDefault(day, CostSum.Nothing)))];
    }

    private static async Task<IReadOnlyList<CostPeriod>> MonthsAsync(EngineDbContext context, Guid workspaceId, BillingMonth last, CancellationToken cancellationToken)
    {
        var first = last.First.AddMonths(1 - MonthsShown);
        var byMonth = (await CostReader.ByJobAsync(CostReader.Of(context, workspaceId, first, last.End), cancellationToken))
            .GroupBy(d => BillingMonth.Of(d.Day).First)
            .ToDictionary(g => g.Key, SumOf);
        return [.. Enumerable.Range(0, MonthsShown).Select(first.AddMonths).Select(month => new CostPeriod(month, byMonth.GetValueOrDefault(month, CostSum.Nothing)))];
    }

    /// <summary>Adds up by some key; what is only held has a line, too.</summary>
    private static List<CostShare> Shares<TKey>(
        List<CostReader.JobDay> days, List<JobHold> held, Func<CostReader.JobDay, TKey> keyOf, Func<JobHold, TKey> keyOfHeld, Func<TKey, CostShare> share)
        where TKey : notnull
    {
        var sums = days.GroupBy(keyOf).ToDictionary(g => g.Key, SumOf);
        var holds = held.GroupBy(keyOfHeld).ToDictionary(g => g.Key, g => g.Sum(h => h.MicroUsd));
        return [.. sums.Keys.Union(holds.Keys)
            .Select(key => share(key) with { Sum = sums.GetValueOrDefault(key, CostSum.Nothing), HeldMicroUsd = holds.GetValueOrDefault(key) })
            .OrderByDescending(s => s.Sum.MicroUsd)
            .ThenByDescending(s => s.HeldMicroUsd)
            .ThenBy(s => s.Name, StringComparer.CurrentCultureIgnoreCase)];
    }

    private static async Task<JobCosts> ReadJobAsync(EngineDbContext context, Job job, CancellationToken cancellationToken)
    {
        var waiting = job.State.HasEnded() || job.IsDemo ? null : await context.JobRows
            .Where(r => r.JobId == job.Id && r.State == RowState.Waiting && r.PartId != null)
            .GroupBy(r => r.JobId)
            .Select(g => new { MicroUsd = g.Sum(r => r.EstimateMicroUsd ?? 0), Unpriced = g.Count(r => r.EstimateMicroUsd == null) })
            .SingleOrDefaultAsync(cancellationToken);
        return new JobCosts
        {
            IsDemo = job.IsDemo,
            Estimate = job.Estimate,
            HeldMicroUsd = waiting?.MicroUsd ?? 0,
            HeldUnpricedRows = waiting?.Unpriced ?? 0,
            Charged = SumOf(await CostReader.ByJobAsync(context.CostLines.Where(l => l.JobId == job.Id), cancellationToken)),
            Prices = job.TokenPrices,
            RequestsInDoubt = await context.SubmissionAttempts
                .Where(a => a.JobId == job.Id && a.State == AttemptState.Superseded)
                .SumAsync(a => a.RequestCount, cancellationToken),
        };
    }
}
