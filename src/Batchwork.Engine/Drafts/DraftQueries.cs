using Batchwork.Engine.Connections;
using Batchwork.Engine.Drafts.Checking;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Sheets;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Drafts;

/// <summary>Reads drafts. Foreign drafts answer like missing ones.</summary>
/// <param name="contexts">Makes the contexts.</param>
/// <param name="settingsReader">Reads under which settings rows are shown.</param>
/// <param name="adapters">The providers' rules.</param>
public sealed class DraftQueries(IDbContextFactory<EngineDbContext> contexts, CheckSettingsReader settingsReader, ProviderAdapters adapters)
{
    private const int MaxWindow = 500;

    /// <summary>The workspace's drafts, those saved last first.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="count">Most drafts.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The drafts.</returns>
    public async Task<IReadOnlyList<DraftSummary>> ListAsync(Actor actor, int count, CancellationToken cancellationToken)
    {
        actor.Require(Role.Viewer);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Drafts
            .Where(d => d.WorkspaceId == actor.WorkspaceId && d.DeletedAt == null && d.JobId == null)
            .OrderByDescending(d => d.UpdatedAt)
            .Take(count)
            .Join(context.Sheets, d => d.SheetId, s => s.Id, (d, s) => new DraftSummary(d.Id, d.Name, s.FileName, s.RowCount, d.Step, d.UpdatedAt, d.CreatedByName))
            .ToListAsync(cancellationToken);
    }

    /// <summary>One draft.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="draftId">The draft.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The draft; <see langword="null"/> when there is no such draft here, or it was deleted.</returns>
    public async Task<DraftView?> GetAsync(Actor actor, Guid draftId, CancellationToken cancellationToken)
    {
        actor.Require(Role.Viewer);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(context, actor, draftId, cancellationToken) is not { } draft)
        {
            return null;
        }

        var sheet = await context.Sheets.AsNoTracking().SingleAsync(s => s.Id == draft.SheetId, cancellationToken);
        var connections = await ConnectionsAsync(context, actor, cancellationToken);
        var connection = connections.Find(c => c.Id == draft.ConnectionId);
        var settings = await settingsReader.ReadAsync(context, draft, cancellationToken);
        return new DraftView
        {
            Id = draft.Id,
            Revision = draft.Revision,
            Step = draft.Step,
            UpdatedAt = draft.UpdatedAt,
            CreatedByName = draft.CreatedByName,
            Settings = DefaultsMapping.ToSettings(draft, settings.Provider),
            Sheet = sheet,
            Earlier = connection is { IsDemo: true } ? null : await EarlierAsync(context, draft, sheet, cancellationToken),
            Connections = connections,
            Connection = connection,
            Models = settings.Adapter?.Models.Where(m => m.Batch != false).ToList() ?? [],
            Rules = settings.Rules,
            Check = draft.Check?.Revision == draft.Revision ? draft.Check : null,
            Undo = draft.Undo?.What,
            JobId = draft.JobId,
        };
    }

    /// <summary>A window of a draft's rows, as they would be sent.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="draftId">The draft.</param>
    /// <param name="start">Rows to pass over.</param>
    /// <param name="count">Most rows, at most 500.</param>
    /// <param name="onlyProblems">Whether to leave out rows without problems, and skipped ones.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The rows; none when there is no such draft here.</returns>
    public async Task<DraftRows> RowsAsync(Actor actor, Guid draftId, int start, int count, bool onlyProblems, CancellationToken cancellationToken)
    {
        actor.Require(Role.Viewer);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(context, actor, draftId, cancellationToken) is not { } draft)
        {
            return new DraftRows(0, []);
        }

        var settings = await settingsReader.ReadAsync(context, draft, cancellationToken);
        var rows = context.SheetRows.AsNoTracking().Where(r => r.SheetId == draft.SheetId);
        var take = Math.Clamp(count, 0, MaxWindow);

        // Indexes are dense: an unfiltered window is a range of the key, however far down it is.
        var window = onlyProblems
            ? rows.Where(r => r.Check > RowCheck.Ready && !r.Skipped).OrderBy(r => r.Index).Skip(start).Take(take)
            : rows.Where(r => r.Index >= start && r.Index < start + take).OrderBy(r => r.Index);
        var total = onlyProblems
            ? await rows.CountAsync(r => r.Check > RowCheck.Ready && !r.Skipped, cancellationToken)
            : await context.Sheets.Where(s => s.Id == draft.SheetId).Select(s => s.RowCount).SingleAsync(cancellationToken);
        var checker = new RowChecker(settings);
        return new DraftRows(
            total,
            (await window.ToListAsync(cancellationToken))
                .ConvertAll(r => new DraftRow(r.Index, r.Number, r.Cells, checker.Request(r).Effective, r.Skipped, r.Check, r.Problems)));
    }

    private static Task<Draft?> FindAsync(EngineDbContext context, Actor actor, Guid draftId, CancellationToken cancellationToken) =>
        context.Drafts.AsNoTracking().SingleOrDefaultAsync(d => d.Id == draftId && d.WorkspaceId == actor.WorkspaceId && d.DeletedAt == null, cancellationToken);

    /// <summary>Those that the person may start jobs over. Who may start none sees what Creators see.</summary>
    private async Task<List<ConnectionChoice>> ConnectionsAsync(EngineDbContext context, Actor actor, CancellationToken cancellationToken)
    {
        var role = actor.Role;
        return (await context.Connections.AsNoTracking()
            .Where(c => c.WorkspaceId == actor.WorkspaceId && c.DeletedAt == null)
            .Where(c => c.UsableBy <= Role.Creator || c.UsableBy <= role)
            .OrderBy(c => c.IsDemo)
            .ThenBy(c => c.Label)
            .ToListAsync(cancellationToken))
        .ConvertAll(c => new ConnectionChoice(c.Id, c.Label, c.Provider, adapters.NameOf(c.Provider), c.IsDemo, c.WhyPaused));
    }

    private static Task<EarlierUse?> EarlierAsync(EngineDbContext context, Draft draft, Sheet sheet, CancellationToken cancellationToken) =>
        context.Sheets
            .Where(s => s.WorkspaceId == sheet.WorkspaceId && s.Sha256 == sheet.Sha256 && s.Id != sheet.Id && s.CreatedAt <= sheet.CreatedAt)
            .Join(context.Drafts.Where(d => d.DeletedAt == null && d.Id != draft.Id), s => s.Id, d => d.SheetId, (s, d) => new { s.CreatedAt, d.Name, d.Id, d.JobId })
            .OrderByDescending(e => e.CreatedAt)
            .Select(e => (EarlierUse?)new EarlierUse(
                context.Jobs.Where(j => j.Id == e.JobId).Select(j => j.Name).FirstOrDefault() ?? e.Name,
                e.CreatedAt,
                e.Id,
                e.JobId))
            .FirstOrDefaultAsync(cancellationToken);
}
