using Batchwork.Adapters;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Engine.Connections;

/// <summary>A workspace's connections and the providers there are.</summary>
public sealed class ConnectionQueries
{
    private readonly IDbContextFactory<EngineDbContext> _contexts;

    public ConnectionQueries(IDbContextFactory<EngineDbContext> contexts, IServiceProvider services)
    {
        _contexts = contexts;
        Providers =
        [
            .. services.GetKeyedServices<IBatchAdapter>(KeyedService.AnyKey)
                .Select(a => new ProviderSummary(a.Provider, a.Capabilities.DisplayName, a.Capabilities.PublicBaseUrl.ToString()))
                .OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase),
        ];
    }

    /// <summary>The providers that connections can be made to: one for each adapter the host registered.</summary>
    public IReadOnlyList<ProviderSummary> Providers { get; }

    /// <summary>Lists a workspace's connections: the demo last, the others by label.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The connections that were not removed.</returns>
    public async Task<IReadOnlyList<ConnectionSummary>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Viewer);
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        var connections = await Visible(context, actor).OrderBy(c => c.IsDemo).ThenBy(c => c.Label).ToListAsync(cancellationToken);
        var waiting = new Dictionary<Guid, int>();
        foreach (var connection in connections.Where(c => c.WhyPaused is not null || c.RestUntil is not null))
        {
            waiting[connection.Id] = await WaitingAsync(context, connection.Id, cancellationToken);
        }

        var old = await OldKeysAsync(context, actor, cancellationToken);
        return [.. connections.Select(c => Summary(c, waiting.GetValueOrDefault(c.Id), old))];
    }

    /// <summary>Reads one connection.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="connectionId">The connection.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The connection, or <see langword="null"/> when it is not this workspace's or was removed.</returns>
    public async Task<ConnectionSummary?> GetAsync(Actor actor, Guid connectionId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Viewer);
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        return await Visible(context, actor).FirstOrDefaultAsync(c => c.Id == connectionId, cancellationToken) is { } found
            ? Summary(found, await WaitingAsync(context, found.Id, cancellationToken), await OldKeysAsync(context, actor, cancellationToken))
            : null;
    }

    internal static IQueryable<Connection> Visible(EngineDbContext context, Actor actor) =>
        context.Connections.AsNoTracking().Where(c => c.WorkspaceId == actor.WorkspaceId && c.DeletedAt == null);

    private static Task<int> WaitingAsync(EngineDbContext context, Guid connectionId, CancellationToken cancellationToken) =>
        context.JobsThatNeed(connectionId).CountAsync(j => j.DeletedAt == null, cancellationToken);

    private static async Task<ILookup<Guid, KeptKey>> OldKeysAsync(EngineDbContext context, Actor actor, CancellationToken cancellationToken)
    {
        var kept = new List<(Guid ConnectionId, KeptKey Key)>();
        foreach (var key in await context.RetiredKeys.AsNoTracking().Where(k => k.WorkspaceId == actor.WorkspaceId).OrderByDescending(k => k.RetiredAt).ToListAsync(cancellationToken))
        {
            var batches = await RetiredKeys.NeedingParts(context, key.ConnectionId, key.Fingerprint).CountAsync(cancellationToken);
            kept.Add((key.ConnectionId, new KeptKey(key.Ending, key.RetiredAt, batches, key.RejectedAt is not null)));
        }

        return kept.ToLookup(k => k.ConnectionId, k => k.Key);
    }

    private ConnectionSummary Summary(Connection c, int waitingJobs, ILookup<Guid, KeptKey> oldKeys)
    {
        var name = Providers.FirstOrDefault(p => p.Id == c.Provider)?.Name ?? c.Provider;
        return new ConnectionSummary(c.Id, c.Label, c.Provider, name, c.IsDemo, c.BaseUrl, c.KeyEnding, c.WhyPaused, c.CreatedAt)
        {
            Condition = ConnectionCondition.Of(c, name, waitingJobs),
            UsableBy = c.UsableBy,
            TestedAt = c.TestedAt,
            IsHeldBack = c.PausedBy is not null,
            OldKeys = [.. oldKeys[c.Id]],
        };
    }
}
