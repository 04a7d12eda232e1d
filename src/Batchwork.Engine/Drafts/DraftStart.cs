using Batchwork.Engine.Connections;
using Batchwork.Engine.Drafts.Checking;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Drafts;

/// <summary>Chooses with what settings a new draft begins: as this person's last one, else the workspace's only account, else the demo.</summary>
/// <param name="adapters">The providers' rules.</param>
/// <param name="demos">Makes the demo connection where it was removed.</param>
public sealed class DraftStart(ProviderAdapters adapters, DemoConnections demos)
{
    private const string ModelColumn = "model";

    /// <summary>Sets connection and model of a new draft.</summary>
    /// <param name="context">An open context.</param>
    /// <param name="actor">Whose draft it is.</param>
    /// <param name="draft">The draft.</param>
    /// <param name="demo">Whether it shall use the demo connection.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that ends when they are set.</returns>
    internal async Task ChooseAsync(EngineDbContext context, Actor actor, Draft draft, bool demo, CancellationToken cancellationToken)
    {
        if (demo)
        {
            await demos.EnsureAsync(actor.WorkspaceId, cancellationToken);
        }

        var connections = await context.Connections.AsNoTracking()
            .Where(c => c.WorkspaceId == actor.WorkspaceId && c.DeletedAt == null)
            .OrderBy(c => c.CreatedAt)
            .ToListAsync(cancellationToken);
        var last = demo ? null : await LastAsync(context, actor, cancellationToken);
        var chosen = connections.Find(c => demo ? IsFirstDemo(c) : c.Id == last?.ConnectionId) ?? Obvious(connections);
        if (chosen is null)
        {
            return;
        }

        draft.ConnectionId = chosen.Id;
        var models = adapters.Find(chosen.Provider)?.Models.Where(m => m.Batch != false).ToList() ?? [];
        var named = await NamedInSheetAsync(context, draft.SheetId, cancellationToken);
        draft.Model = models.Find(m => m.Id == named)?.Id
            ?? (chosen.Id == last?.ConnectionId ? last.Model : null)
            ?? (models.Count > 0 ? models[0].Id : null);
        if (demo)
        {
            draft.Defaults = DefaultsMapping.ToDefaults(DemoSheet.Settings, chosen.Provider, models.Find(m => m.Id == draft.Model));
        }
    }

    private static bool IsFirstDemo(Connection connection) => connection.IsDemo && connection.Provider == DemoConnection.Provider;

    private static Connection? Obvious(List<Connection> connections)
    {
        var accounts = connections.FindAll(c => !c.IsDemo);
        return accounts.Count == 1 ? accounts[0] : connections.Find(IsFirstDemo) ?? (accounts.Count > 0 ? accounts[0] : null);
    }

    private static Task<Draft?> LastAsync(EngineDbContext context, Actor actor, CancellationToken cancellationToken) =>
        context.Drafts.AsNoTracking()
            .Where(d => d.WorkspaceId == actor.WorkspaceId && d.CreatedBy == actor.UserId && d.ConnectionId != null)
            .Where(d => context.Connections.Any(c => c.Id == d.ConnectionId && !c.IsDemo && c.DeletedAt == null))
            .OrderByDescending(d => d.UpdatedAt)
            .FirstOrDefaultAsync(cancellationToken);

    /// <summary>The model that the sheet itself names: a column, or lines copied from a batch file.</summary>
    private static async Task<string?> NamedInSheetAsync(EngineDbContext context, Guid sheetId, CancellationToken cancellationToken)
    {
        var first = await context.SheetRows.AsNoTracking().Where(r => r.SheetId == sheetId).OrderBy(r => r.Index).FirstOrDefaultAsync(cancellationToken);
        return first?.Extra?.GetValueOrDefault(ModelColumn)?.Trim();
    }
}
