using Batchwork.Engine.Connections;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Drafts.Checking;

/// <summary>Puts together under which settings a draft's rows are checked.</summary>
/// <param name="adapters">The providers' rules.</param>
public sealed class CheckSettingsReader(ProviderAdapters adapters)
{
    /// <summary>Reads them.</summary>
    /// <param name="context">An open context.</param>
    /// <param name="draft">The draft.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The settings.</returns>
    internal async Task<CheckSettings> ReadAsync(EngineDbContext context, Draft draft, CancellationToken cancellationToken)
    {
        var connection = await FindAsync(context, draft, cancellationToken);
        var provider = connection?.Provider ?? draft.Defaults.ProviderOptions?.Keys.FirstOrDefault() ?? "";
        return provider.Length == 0
            ? new CheckSettings("none", draft.Model, draft.Defaults, IsDemo: false, Adapter: null)
            : new CheckSettings(provider, draft.Model, draft.Defaults, connection?.IsDemo ?? false, connection is null ? null : adapters.Find(provider));
    }

    /// <summary>The draft's connection, unless it was removed.</summary>
    /// <param name="context">An open context.</param>
    /// <param name="draft">The draft.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The connection, or <see langword="null"/>.</returns>
    internal static Task<Connection?> FindAsync(EngineDbContext context, Draft draft, CancellationToken cancellationToken) =>
        context.Connections.AsNoTracking().SingleOrDefaultAsync(
            c => c.Id == draft.ConnectionId && c.WorkspaceId == draft.WorkspaceId && c.DeletedAt == null,
            cancellationToken);
}
