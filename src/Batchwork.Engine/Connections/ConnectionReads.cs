using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Connections;

/// <summary>What several rooms ask of a connection.</summary>
internal static class ConnectionReads
{
    /// <summary>Finds a connection of the actor's workspace that was not removed.</summary>
    public static Task<Connection?> FindConnectionAsync(this EngineDbContext context, Actor actor, Guid id, CancellationToken cancellationToken) =>
        context.Connections.FirstOrDefaultAsync(c => c.Id == id && c.WorkspaceId == actor.WorkspaceId && c.DeletedAt == null, cancellationToken);

    /// <summary>The jobs over a connection that have not ended.</summary>
    public static IQueryable<Job> JobsThatNeed(this EngineDbContext context, Guid connectionId) =>
        context.Jobs.Where(j => j.ConnectionId == connectionId
            && j.State != JobState.Done && j.State != JobState.DoneWithProblems && j.State != JobState.Cancelled && j.State != JobState.Expired);

    /// <summary>What the audit log says of a connection: nothing that opens anything.</summary>
    public static string Facts(this Connection connection) =>
        $"{connection.Label}, {connection.Provider}, {connection.BaseUrl ?? "the provider's own address"}, key {(connection.KeyEnding is { } ending ? $"ending in {ending}" : "hidden")} ({connection.KeyFingerprint ?? "none"}), from {connection.UsableBy} on";
}
