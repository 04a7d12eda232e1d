using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Costs;

/// <summary>Adds up cost lines and puts names to them.</summary>
internal static class CostReader
{
    /// <summary>Adds up lines by job, connection and day: few, however many rows there were.</summary>
    public static async Task<List<JobDay>> ByJobAsync(IQueryable<CostLine> lines, CancellationToken cancellationToken) =>
        (await lines
            .GroupBy(l => new { l.JobId, l.ConnectionId, l.Day })
            .Select(g => new
            {
                g.Key,
                Rows = g.Count(),
                MicroUsd = g.Sum(l => l.MicroUsd ?? 0),
                Unknown = g.Count(l => l.MicroUsd == null),
                Compared = g.Count(l => l.MicroUsd != null && l.EstimateMicroUsd != null),
                ComparedEstimate = g.Sum(l => l.MicroUsd != null ? l.EstimateMicroUsd ?? 0 : 0),
                ComparedMicroUsd = g.Sum(l => l.EstimateMicroUsd != null ? l.MicroUsd ?? 0 : 0),
            })
            .ToListAsync(cancellationToken))
        .ConvertAll(g => new JobDay(g.Key.JobId, g.Key.ConnectionId, g.Key.Day, new CostSum
        {
            Rows = g.Rows,
            MicroUsd = g.MicroUsd,
            UnknownRows = g.Unknown,
            ComparedRows = g.Compared,
            ComparedEstimateMicroUsd = g.ComparedEstimate,
            ComparedMicroUsd = g.ComparedMicroUsd,
        }));

    /// <summary>The workspace's lines of a stretch of days.</summary>
    public static IQueryable<CostLine> Of(EngineDbContext context, Guid workspaceId, DateOnly first, DateOnly end) =>
        context.CostLines.Where(l => l.WorkspaceId == workspaceId && l.Day >= first && l.Day < end);

    /// <summary>Names and owners of jobs, also of those that were removed.</summary>
    public static async Task<Dictionary<Guid, JobName>> JobNamesAsync(EngineDbContext context, Guid workspaceId, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var names = new Dictionary<Guid, JobName>();
        foreach (var some in ids.Chunk(500))
        {
            var there = await context.Jobs
                .Where(j => j.WorkspaceId == workspaceId && some.Contains(j.Id))
                .Select(j => new { j.Id, Name = new JobName(j.Name, j.CreatedBy, j.CreatedByName, j.DeletedAt == null) })
                .ToListAsync(cancellationToken);
            var gone = await context.PurgedJobs
                .Where(j => j.WorkspaceId == workspaceId && some.Contains(j.Id))
                .Select(j => new { j.Id, Name = new JobName(j.Name, j.CreatedBy, j.CreatedByName, false) })
                .ToListAsync(cancellationToken);
            there.ForEach(j => names[j.Id] = j.Name);
            gone.ForEach(j => names.TryAdd(j.Id, j.Name));
        }

        return names;
    }

    /// <summary>What a job cost on a day.</summary>
    public sealed record JobDay(Guid JobId, Guid ConnectionId, DateOnly Day, CostSum Sum);

    /// <summary>What a job is called and whose it is.</summary>
    public sealed record JobName(string Name, string CreatedBy, string CreatedByName, bool Exists);
}
