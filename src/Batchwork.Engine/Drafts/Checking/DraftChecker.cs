using Batchwork.Engine.Jobs;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Sheets;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Drafts.Checking;

/// <summary>Checks all rows of a draft in one pass and stores what it found: on the rows whose answer changed, and summed up on the draft.</summary>
/// <param name="contexts">Makes the contexts.</param>
/// <param name="settings">Reads the settings.</param>
/// <param name="liveUpdates">Tells open pages.</param>
public sealed class DraftChecker(IDbContextFactory<EngineDbContext> contexts, CheckSettingsReader settings, ILiveUpdates liveUpdates)
{
    /// <summary>Checks a draft if its last check is of an older revision. A draft that changes meanwhile is checked by whoever changed it.</summary>
    /// <param name="draftId">The draft.</param>
    /// <param name="cancellationToken">Cancels the check; nothing is then stored.</param>
    /// <returns>A task that ends when the check is stored or not needed any more.</returns>
    public Task CheckAsync(Guid draftId, CancellationToken cancellationToken) =>
        // Seconds of work for a large sheet, synchronous underneath: never on a page's thread.
        Task.Run(() => RunAsync(draftId, cancellationToken), cancellationToken);

    private async Task RunAsync(Guid draftId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var draft = await context.Drafts.AsNoTracking().SingleOrDefaultAsync(d => d.Id == draftId && d.DeletedAt == null && d.JobId == null, cancellationToken);
        if (draft is null || draft.Check?.Revision == draft.Revision)
        {
            return;
        }

        var checkSettings = await settings.ReadAsync(context, draft, cancellationToken);
        var (check, changed) = await LookAsync(context, draft, checkSettings, cancellationToken);
        if (await StoreAsync(context, draft, check, changed, cancellationToken))
        {
            liveUpdates.Publish(new LiveChange(draft.WorkspaceId, null));
        }
    }

    private static async Task<(DraftCheck Check, List<SheetRow> Changed)> LookAsync(
        EngineDbContext context, Draft draft, CheckSettings settings, CancellationToken cancellationToken)
    {
        var checker = new RowChecker(settings);
        var groups = new ProblemGroups();
        var estimator = new Estimator(settings.Rules, settings.Adapter?.Capabilities, settings.IsDemo);
        var changed = new List<SheetRow>();
        var (counts, skipped) = (new int[3], 0);
        await foreach (var row in context.SheetRows.AsNoTracking().Where(r => r.SheetId == draft.SheetId).OrderBy(r => r.Index).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (row.Skipped)
            {
                skipped++;
                continue;
            }

            var found = checker.Check(row);
            var problems = groups.Add(row.Number, found.Problems);
            counts[(int)found.Check]++;
            if (found.Check != RowCheck.Error)
            {
                estimator.Add(found.Effective);
            }

            if (found.Check != row.Check || !problems.SequenceEqual(row.Problems))
            {
                changed.Add(Result(row, found.Check, problems));
            }
        }

        return (
            new DraftCheck
            {
                Revision = draft.Revision,
                Ready = counts[(int)RowCheck.Ready],
                Warnings = counts[(int)RowCheck.Warning],
                Errors = counts[(int)RowCheck.Error],
                Skipped = skipped,
                Estimate = estimator.ToEstimate(),
                Groups = groups.ToList(),
            },
            changed);
    }

    /// <summary>Only what the update writes, so that a large sheet's texts are not held in memory.</summary>
    private static SheetRow Result(SheetRow row, RowCheck check, IReadOnlyList<RowProblem> problems) => new()
    {
        SheetId = row.SheetId,
        Index = row.Index,
        WorkspaceId = row.WorkspaceId,
        Number = row.Number,
        Cells = new Dictionary<string, string>(),
        Check = check,
        Problems = problems,
    };

    private static async Task<bool> StoreAsync(
        EngineDbContext context, Draft draft, DraftCheck check, List<SheetRow> changed, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var stored = await context.Drafts
            .Where(d => d.Id == draft.Id && d.Revision == draft.Revision)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.Check, check), cancellationToken);
        if (stored == 0)
        {
            return false;
        }

        using var update = BulkStatement<SheetRow>.Update(context, nameof(SheetRow.Check), nameof(SheetRow.Problems));
        foreach (var row in changed)
        {
            update.Run(row);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
