using Batchwork.Engine.Persistence;
using Batchwork.Engine.Sheets;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Drafts;

/// <summary>Finds and writes rows of a draft's sheet inside a change.</summary>
internal static class SheetRowsOfDraft
{
    /// <summary>The rows with a problem of a group, as of the last check.</summary>
    /// <param name="context">The context of the change.</param>
    /// <param name="draft">The draft.</param>
    /// <param name="key">The group.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The rows, not skipped ones, in order.</returns>
    public static Task<List<SheetRow>> WithProblemAsync(EngineDbContext context, Draft draft, ProblemKey key, CancellationToken cancellationToken) =>
        WhereAsync(context, draft, row => row.Problems.Any(p => ProblemKey.Of(p) == key), cancellationToken);

    /// <summary>The rows that cannot be sent, as of the last check.</summary>
    /// <param name="context">The context of the change.</param>
    /// <param name="draft">The draft.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The rows, not skipped ones, in order.</returns>
    public static Task<List<SheetRow>> WithErrorsAsync(EngineDbContext context, Draft draft, CancellationToken cancellationToken) =>
        WhereAsync(context, draft, row => row.Check == RowCheck.Error, cancellationToken);

    /// <summary>Rows by their place, for an undo.</summary>
    /// <param name="context">The context of the change.</param>
    /// <param name="draft">The draft.</param>
    /// <param name="indexes">The places.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The rows in order.</returns>
    public static async Task<List<SheetRow>> AtAsync(EngineDbContext context, Draft draft, IReadOnlySet<int> indexes, CancellationToken cancellationToken)
    {
        // A list of thousands of parameters is more than SQLite takes, and the rows of a change lie close together more often than not.
        var (first, last) = indexes.Count == 0 ? (0, -1) : (indexes.Min(), indexes.Max());
        var rows = new List<SheetRow>();
        var all = context.SheetRows.AsNoTracking().Where(r => r.SheetId == draft.SheetId && r.Index >= first && r.Index <= last).OrderBy(r => r.Index);
        await foreach (var row in all.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (indexes.Contains(row.Index))
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    /// <summary>Writes what a person can change of rows.</summary>
    /// <param name="context">The context of the change.</param>
    /// <param name="rows">The rows.</param>
    public static void Write(EngineDbContext context, IEnumerable<SheetRow> rows)
    {
        using var update = BulkStatement<SheetRow>.Update(context, nameof(SheetRow.Cells), nameof(SheetRow.Skipped), nameof(SheetRow.ReadProblem));
        foreach (var row in rows)
        {
            update.Run(row);
        }
    }

    private static async Task<List<SheetRow>> WhereAsync(EngineDbContext context, Draft draft, Func<SheetRow, bool> isWanted, CancellationToken cancellationToken)
    {
        var rows = new List<SheetRow>();
        var suspects = context.SheetRows.AsNoTracking()
            .Where(r => r.SheetId == draft.SheetId && r.Check > RowCheck.Ready && !r.Skipped)
            .OrderBy(r => r.Index);
        await foreach (var row in suspects.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (isWanted(row))
            {
                rows.Add(row);
            }
        }

        return rows;
    }
}
