using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Connections;

/// <summary>Opens a connection's sealed key for a call. The only reader of keys.</summary>
public sealed class CredentialsReader(IDbContextFactory<EngineDbContext> contexts, IKeySealer sealer)
{
    /// <summary>The name of the transport that reaches the emulator inside this process.</summary>
    public const string DemoTransport = "demo";

    private static readonly Uri s_demoBaseUrl = new("http://demo.localhost/openai/v1");

    /// <summary>Key and address of a connection.</summary>
    /// <param name="connectionId">The connection.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What the library needs for a call.</returns>
    /// <exception cref="KeyUnavailableException">There is no usable key.</exception>
    public async ValueTask<BatchCredentials> OpenAsync(Guid connectionId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var connection = await context.Connections.AsNoTracking().SingleAsync(c => c.Id == connectionId, cancellationToken);
        if (connection.IsDemo)
        {
            return new BatchCredentials { ApiKey = "demo", BaseUrl = s_demoBaseUrl, Transport = DemoTransport };
        }

        var key = connection.SealedKey is null ? null : sealer.Open(connection.WorkspaceId, connection.Id, connection.SealedKey);
        return key is not null
            ? new BatchCredentials { ApiKey = key, BaseUrl = connection.BaseUrl is null ? null : new Uri(connection.BaseUrl) }
            : throw new KeyUnavailableException($"The key of “{connection.Label}” cannot be opened here. Enter it again on the Connections page.");
    }
}
