using Batchwork.Engine.Connections;
using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Polling;
using Batchwork.Engine.Restoring;
using Batchwork.Engine.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Operations;

/// <summary>Reads how the installation is. Cheap enough to be read every few seconds: the sums over all pictures are kept for a minute.</summary>
public sealed class SystemQueries
{
    private const int MostLeases = 50;
    private const int MostConnections = 100;

    private readonly IDbContextFactory<EngineDbContext> _contexts;
    private readonly ProviderAdapters _adapters;
    private readonly PartDispatcher _dispatcher;
    private readonly WorkerJournal _journal;
    private readonly StorageMeter _storage;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _startedAt;

    internal SystemQueries(
        IDbContextFactory<EngineDbContext> contexts, ProviderAdapters adapters, PartDispatcher dispatcher, WorkerJournal journal, StorageMeter storage, TimeProvider time)
    {
        _contexts = contexts;
        _adapters = adapters;
        _dispatcher = dispatcher;
        _journal = journal;
        _storage = storage;
        _time = time;
        _startedAt = time.GetUtcNow();
    }

    /// <summary>Reads the report.</summary>
    /// <param name="administrator">Who asks.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The report.</returns>
    public Task<SystemReport> ReadAsync(Administrator administrator, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(administrator);
        return _contexts.ReadAsync(
            async context =>
            {
                var installation = await context.Installations.SingleAsync(cancellationToken);
                return new SystemReport
                {
                    At = _time.GetUtcNow(),
                    InstanceId = installation.InstanceId,
                    InstalledAt = installation.CreatedAt,
                    StartedAt = _startedAt,
                    Epoch = installation.Epoch,
                    Workers = _journal.Read(),
                    Lanes = _dispatcher.Load(),
                    Queue = await QueueAsync(context, cancellationToken),
                    Leases = await LeasesAsync(context, cancellationToken),
                    Providers = await ProvidersAsync(context, cancellationToken),
                    Storage = await _storage.MeasureAsync(context, cancellationToken),
                    MemoryBytes = Environment.WorkingSet,
                };
            },
            cancellationToken);
    }

    private async Task<QueueDepth> QueueAsync(EngineDbContext context, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var open = context.JobParts.Where(p => p.State != PartState.Closed);
        var states = await open
            .GroupBy(p => p.State)
            .Select(g => new { State = g.Key, Parts = g.Count(), Due = g.Count(p => p.NextCheckAt != null && p.NextCheckAt <= now) })
            .OrderBy(s => s.State)
            .ToListAsync(cancellationToken);
        var waiting = open.Where(p => p.State != PartState.Held);
        return new QueueDepth
        {
            States = states.ConvertAll(s => new StateCount(s.State, s.Parts, s.Due)),
            OldestDue = await waiting.Where(p => p.NextCheckAt <= now).MinAsync(p => p.NextCheckAt, cancellationToken),
            NextCheck = await waiting.Where(p => p.NextCheckAt > now).MinAsync(p => p.NextCheckAt, cancellationToken),
            ThumbnailsToMake = await context.StoredImages.CountAsync(i => i.Thumbnail == ThumbnailState.Pending, cancellationToken),
        };
    }

    private async Task<List<LeaseItem>> LeasesAsync(EngineDbContext context, CancellationToken cancellationToken)
    {
        var held = await context.JobParts
            .Where(p => p.LeaseOwner != null)
            .OrderBy(p => p.LeaseUntil)
            .Take(MostLeases)
            .Join(context.Jobs, p => p.JobId, j => j.Id, (p, j) => new { p.Id, p.State, j.Provider, p.Fence, p.LeaseUntil })
            .ToListAsync(cancellationToken);
        return held.ConvertAll(p => new LeaseItem(p.Id, p.State, _adapters.NameOf(p.Provider), p.Fence, p.LeaseUntil));
    }

    private async Task<List<ProviderReach>> ProvidersAsync(EngineDbContext context, CancellationToken cancellationToken)
    {
        var connections = await context.Connections
            .Where(c => c.DeletedAt == null)
            .Join(context.Workspaces, c => c.WorkspaceId, w => w.Id, (c, w) => new { Connection = c, w.Name })
            .OrderBy(x => x.Connection.IsDemo).ThenBy(x => x.Name).ThenBy(x => x.Connection.Label)
            .Take(MostConnections)
            .ToListAsync(cancellationToken);
        var found = new List<ProviderReach>(connections.Count);
        foreach (var (connection, workspace) in connections.Select(x => (x.Connection, x.Name)))
        {
            var parts = context.JobParts.Where(p => p.ConnectionId == connection.Id);
            var name = _adapters.NameOf(connection.Provider);
            var waiting = connection.WhyPaused is null && connection.RestUntil is null
                ? 0
                : await context.JobsThatNeed(connection.Id).CountAsync(j => j.DeletedAt == null, cancellationToken);
            found.Add(new ProviderReach(
                connection.Label,
                name,
                workspace,
                connection.IsDemo,
                ConnectionCondition.Of(connection, name, waiting),
                await parts.CountAsync(p => p.State != PartState.Closed, cancellationToken),
                await parts.MaxAsync(p => p.LastPolledAt, cancellationToken)));
        }

        return found;
    }
}
