namespace Batchwork.Engine.Workspaces;

/// <summary>Stands where no host told otherwise: there are no sessions, so none has a proof.</summary>
internal sealed class NoSessionProofs : ISessionProofs
{
    public Task<bool> IsRecentAsync(Guid sessionId, CancellationToken cancellationToken) => Task.FromResult(false);
}
