using Batchwork.Engine.Drafts;
using Batchwork.Engine.Drafts.Checking;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Jobs;

/// <summary>Finds the rows of a draft whose pictures are stored already for the same effective request.</summary>
public sealed class ReuseQueries(IDbContextFactory<EngineDbContext> contexts, CheckSettingsReader settingsReader)
{
    private const int Chunk = 500;

    /// <summary>Counts them. Reads every row: ask when a person comes to the last step, not at each key.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="draftId">The draft.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>How many; none when there is no such draft, or it is not ready.</returns>
    public async Task<ReusePreview> ReadAsync(Actor actor, Guid draftId, CancellationToken cancellationToken)
    {
        actor.Require(Role.Viewer);
        ArgumentNullException.ThrowIfNull(actor);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var draft = await context.Drafts.AsNoTracking().SingleOrDefaultAsync(
            d => d.Id == draftId && d.WorkspaceId == actor.WorkspaceId && d.DeletedAt == null && d.JobId == null, cancellationToken);
        var settings = draft is null ? null : await settingsReader.ReadAsync(context, draft, cancellationToken);
        var (rows, images) = (0, 0L);
        if (draft is not null && settings?.Model is not null)
        {
            await foreach (var found in FindAsync(context, draft, settings, cancellationToken))
            {
                rows++;
                images += found.Images;
            }
        }

        return new ReusePreview(rows, images);
    }

    /// <summary>The rows' places in the sheet.</summary>
    internal static async IAsyncEnumerable<(int Index, int Images)> FindAsync(
        EngineDbContext context, Draft draft, CheckSettings settings, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var checker = new RowChecker(settings);
        var rows = context.SheetRows.AsNoTracking().Where(r => r.SheetId == draft.SheetId && !r.Skipped);
        var after = -1;
        while (await rows.Where(r => r.Index > after).OrderBy(r => r.Index).Take(Chunk).ToListAsync(cancellationToken) is { Count: > 0 } page)
        {
            after = page[^1].Index;
            var requests = page.ConvertAll(row => (row.Index, checker.Request(row).Effective));
            var keys = requests.ConvertAll(r => RequestKey.Of(r.Effective, settings.Provider, settings.Model!, settings.IsDemo));
            var stored = await StoredReuse.FindAsync(context, draft.WorkspaceId, keys, cancellationToken);
            for (var i = 0; i < requests.Count; i++)
            {
                if (stored.Contains(keys[i]))
                {
                    yield return (requests[i].Index, requests[i].Effective.N.Value);
                }
            }
        }
    }
}
