using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Restoring;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Auditing;

/// <summary>Reads the audit log: of a workspace for its Admins and Owners, of the installation for administrators.</summary>
public sealed class AuditQueries(IDbContextFactory<EngineDbContext> contexts)
{
    private const int LargestWindow = 200;

    /// <summary>Reads a window of a workspace's log, the latest first.</summary>
    /// <param name="actor">Who asks; an Admin at least.</param>
    /// <param name="filter">Which entries.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The entries.</returns>
    public async Task<Window<AuditItem>> ListAsync(Actor actor, AuditFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(filter);
        actor.Require(Role.Admin);
        return await ReadAsync(actor.WorkspaceId, filter, cancellationToken);
    }

    /// <summary>Reads a window of the whole log, the latest first.</summary>
    /// <param name="administrator">Who asks.</param>
    /// <param name="filter">Which entries.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The entries.</returns>
    public async Task<Window<AuditItem>> ListAllAsync(Administrator administrator, AuditFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(administrator);
        ArgumentNullException.ThrowIfNull(filter);
        return await ReadAsync(workspaceId: null, filter, cancellationToken);
    }

    /// <summary>Reads a workspace's log from its latest entry to its first, however long it is.</summary>
    /// <param name="actor">Who asks; an Admin at least.</param>
    /// <param name="filter">Which entries; its window is not looked at.</param>
    /// <returns>The entries.</returns>
    public IAsyncEnumerable<AuditItem> Export(Actor actor, AuditFilter filter)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(filter);
        actor.Require(Role.Admin);
        return StreamAsync(actor.WorkspaceId, filter);
    }

    /// <summary>Reads the whole log from its latest entry to its first, however long it is.</summary>
    /// <param name="administrator">Who asks.</param>
    /// <param name="filter">Which entries; its window is not looked at.</param>
    /// <returns>The entries.</returns>
    public IAsyncEnumerable<AuditItem> ExportAll(Administrator administrator, AuditFilter filter)
    {
        ArgumentNullException.ThrowIfNull(administrator);
        ArgumentNullException.ThrowIfNull(filter);
        return StreamAsync(workspaceId: null, filter);
    }

    private Task<Window<AuditItem>> ReadAsync(Guid? workspaceId, AuditFilter filter, CancellationToken cancellationToken) => contexts.ReadAsync(
        async context =>
        {
            var entries = Matching(context, workspaceId, filter);
            var offset = Math.Max(filter.Offset, 0);
            var items = await Items(context, entries.Skip(offset).Take(Math.Clamp(filter.Count, 0, LargestWindow))).ToListAsync(cancellationToken);
            return new Window<AuditItem>(items, offset, await entries.CountAsync(cancellationToken));
        },
        cancellationToken);

    private async IAsyncEnumerable<AuditItem> StreamAsync(Guid? workspaceId, AuditFilter filter)
    {
        await using var context = await contexts.CreateDbContextAsync();
        await foreach (var item in Items(context, Matching(context, workspaceId, filter)).AsAsyncEnumerable())
        {
            yield return item;
        }
    }

    private static IQueryable<AuditEntry> Matching(EngineDbContext context, Guid? workspaceId, AuditFilter filter)
    {
        var entries = context.AuditEntries.AsNoTracking();
        if (workspaceId is { } id)
        {
            entries = entries.Where(e => e.WorkspaceId == id);
        }

        if (!string.IsNullOrWhiteSpace(filter.Thing))
        {
            var beginning = LikePattern.Contains(filter.Thing + ".").TrimStart('%');
            entries = entries.Where(e => EF.Functions.Like(e.Action, beginning, LikePattern.Escape));
        }

        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            var pattern = LikePattern.Contains(filter.Search.Trim());
            entries = entries.Where(e => EF.Functions.Like(e.By, pattern, LikePattern.Escape) || EF.Functions.Like(e.Subject, pattern, LikePattern.Escape));
        }

        if (filter.From is { } from)
        {
            entries = entries.Where(e => e.At >= from);
        }

        if (filter.Until is { } until)
        {
            entries = entries.Where(e => e.At < until);
        }

        return entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Id);
    }

    private static IQueryable<AuditItem> Items(EngineDbContext context, IQueryable<AuditEntry> entries) => entries.Select(e => new AuditItem(
        e.At,
        context.Workspaces.Where(w => w.Id == e.WorkspaceId).Select(w => w.Name).FirstOrDefault(),
        e.By,
        e.Action,
        e.Subject,
        e.Before,
        e.After,
        e.Address,
        e.Device));
}
