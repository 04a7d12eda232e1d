using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Connections;

/// <summary>Opens a connection's key for the moment it is needed. Workers only; pages never see a key.</summary>
public sealed class CredentialsReader(IDbContextFactory<EngineDbContext> contexts, IKeySealer sealer)
{
    /// <summary>Reads with which key and where to a connection leads. A removed connection still works for the jobs that began with it.</summary>
    /// <param name="connectionId">The connection.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Key and address.</returns>
    /// <exception cref="KeyUnavailableException">The key is not to be had; the message says why, for people.</exception>
    public async ValueTask<BatchCredentials> OpenAsync(Guid connectionId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var connection = await context.Connections.AsNoTracking().FirstOrDefaultAsync(c => c.Id == connectionId, cancellationToken)
            ?? throw KeyUnavailableException.Gone();
        return Open(connection);
    }

    /// <summary>Opens the key with which a part's batch was made, or is being made: after a rotation that may be the old one.</summary>
    /// <param name="part">The part.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Key and address.</returns>
    /// <exception cref="KeyUnavailableException">The key is not to be had; the message says why, for people.</exception>
    internal async ValueTask<BatchCredentials> OpenAsync(JobPart part, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var connection = await context.Connections.AsNoTracking().FirstOrDefaultAsync(c => c.Id == part.ConnectionId, cancellationToken)
            ?? throw KeyUnavailableException.Gone();
        var retired = await RetiredKeys.OfAsync(context, part, cancellationToken);
        return retired is not null && sealer.Open(retired.WorkspaceId, retired.ConnectionId, retired.SealedKey) is { } key
            ? new BatchCredentials { ApiKey = key, BaseUrl = retired.BaseUrl is { } url ? new Uri(url) : null }
            : Open(connection);
    }

    internal BatchCredentials Open(Connection connection)
    {
        if (connection.IsDemo)
        {
            return new BatchCredentials { ApiKey = "demo", BaseUrl = DemoConnection.BaseUrl(connection.Provider), Transport = DemoConnection.Transport };
        }

        var sealedKey = connection.SealedKey ?? throw KeyUnavailableException.Gone();
        return new BatchCredentials
        {
            ApiKey = sealer.Open(connection.WorkspaceId, connection.Id, sealedKey) ?? throw KeyUnavailableException.Sealed(connection.Label),
            BaseUrl = connection.BaseUrl is { } url ? new Uri(url) : null,
        };
    }
}
