using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Costs;

/// <summary>Reads how full a workspace's budgets are. Everything is added up from rows and lines each time: there is no counter that could go wrong.</summary>
internal static class BudgetReader
{
    /// <summary>The name of the workspace's own budget.</summary>
    public const string WorkspaceName = "This workspace";

    /// <summary>Reads them all: the workspace's first, then one for each connection that is in the lists.</summary>
    public static async Task<List<BudgetState>> ReadAsync(EngineDbContext context, Guid workspaceId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var month = BillingMonth.Of(now);
        var budgets = await context.Budgets.AsNoTracking().Where(b => b.WorkspaceId == workspaceId).ToDictionaryAsync(b => b.SubjectId, b => b.MonthlyMicroUsd, cancellationToken);
        var charged = await ChargedAsync(context, workspaceId, month, cancellationToken);
        var held = await HeldAsync(context, workspaceId, cancellationToken);
        var connections = await context.Connections.AsNoTracking()
            .Where(c => c.WorkspaceId == workspaceId && c.DeletedAt == null && !c.IsDemo)
            .OrderBy(c => c.Label)
            .Select(c => new { c.Id, c.Label })
            .ToListAsync(cancellationToken);
        return
        [
            State(null, WorkspaceName, Limit(workspaceId), charged.Values, held.Sum(h => h.MicroUsd)),
            .. connections.Select(c => State(c.Id, c.Label, Limit(c.Id), charged.TryGetValue(c.Id, out var sum) ? [sum] : [], held.Where(h => h.ConnectionId == c.Id).Sum(h => h.MicroUsd))),
        ];

        long? Limit(Guid subject) => budgets.TryGetValue(subject, out var limit) ? limit : null;

        BudgetState State(Guid? connectionId, string name, long? limit, IReadOnlyCollection<Charges> sums, long heldMicroUsd) => new()
        {
            ConnectionId = connectionId,
            Name = name,
            LimitMicroUsd = limit,
            ChargedMicroUsd = sums.Sum(s => s.MicroUsd),
            UnknownRows = sums.Sum(s => s.UnknownRows),
            UnknownMicroUsd = sums.Sum(s => s.UnknownMicroUsd),
            HeldMicroUsd = heldMicroUsd,
            ResetsAt = month.ResetsAt,
        };
    }

    private static async Task<Dictionary<Guid, Charges>> ChargedAsync(EngineDbContext context, Guid workspaceId, BillingMonth month, CancellationToken cancellationToken)
    {
        var (first, end) = (month.First, month.End);
        var sums = await context.CostLines
            .Where(l => l.WorkspaceId == workspaceId && l.Day >= first && l.Day < end)
            .GroupBy(l => l.ConnectionId)
            .Select(g => new
            {
                g.Key,
                MicroUsd = g.Sum(l => l.MicroUsd ?? 0),
                UnknownRows = g.Count(l => l.MicroUsd == null),
                UnknownMicroUsd = g.Sum(l => l.MicroUsd == null ? l.EstimateMicroUsd ?? 0 : 0),
            })
            .ToListAsync(cancellationToken);
        return sums.ToDictionary(s => s.Key, s => new Charges(s.MicroUsd, s.UnknownRows, s.UnknownMicroUsd));
    }

    /// <summary>What is held for each job that has not ended. The demo's cost nothing.</summary>
    public static async Task<List<JobHold>> HeldAsync(EngineDbContext context, Guid workspaceId, CancellationToken cancellationToken) =>
        (await context.Jobs
            .Where(j => j.WorkspaceId == workspaceId && !j.IsDemo
                && j.State != JobState.Done && j.State != JobState.DoneWithProblems && j.State != JobState.Cancelled && j.State != JobState.Expired)
            .Select(j => new
            {
                j.Id,
                j.ConnectionId,
                Held = context.JobRows.Where(r => r.JobId == j.Id && r.State == RowState.Waiting && r.PartId != null).Sum(r => r.EstimateMicroUsd ?? 0),
            })
            .ToListAsync(cancellationToken))
        .ConvertAll(j => new JobHold(j.Id, j.ConnectionId, j.Held));

    private sealed record Charges(long MicroUsd, int UnknownRows, long UnknownMicroUsd);
}
