using System.Globalization;
using Batchwork.Engine.Drafts.Checking;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Sheets;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Drafts;

/// <summary>Changes the rows of a draft: one cell, or all rows of a problem at once. The last change of many rows can be taken back.</summary>
/// <param name="writer">Makes changes.</param>
/// <param name="settingsReader">Reads under which settings rows are checked.</param>
public sealed class DraftRowService(DraftWriter writer, CheckSettingsReader settingsReader)
{
    /// <summary>Changes one cell.</summary>
    /// <param name="actor">Who changes it; a Creator at least.</param>
    /// <param name="draftId">The draft.</param>
    /// <param name="index">The row's position in the sheet.</param>
    /// <param name="field">A field of <see cref="SheetFields"/>.</param>
    /// <param name="text">The text; blank to leave the value to the default.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What came of it.</returns>
    public Task<DraftOutcome> EditCellAsync(Actor actor, Guid draftId, int index, string field, string? text, CancellationToken cancellationToken) =>
        writer.ChangeAsync(
            actor,
            draftId,
            revision: null,
            async (context, draft) =>
            {
                var row = await context.SheetRows.SingleOrDefaultAsync(r => r.SheetId == draft.SheetId && r.Index == index, cancellationToken);
                if (row is null || (!SheetFields.All.Contains(field) && OptionFields.OptionOf(field) is null) || text?.Length > SheetLimits.CellLength)
                {
                    return DraftOutcome.NotFound;
                }

                row.Cells = CellEdits.With(row.Cells, field, text);
                row.ReadProblem = null;
                draft.Undo = null;
                return DraftOutcome.Saved;
            },
            cancellationToken);

    /// <summary>Leaves a row out, or takes it back in.</summary>
    /// <param name="actor">Who decides; a Creator at least.</param>
    /// <param name="draftId">The draft.</param>
    /// <param name="index">The row's position in the sheet.</param>
    /// <param name="skipped">Whether it is left out.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What came of it.</returns>
    public Task<DraftOutcome> SkipRowAsync(Actor actor, Guid draftId, int index, bool skipped, CancellationToken cancellationToken) =>
        writer.ChangeAsync(
            actor,
            draftId,
            revision: null,
            async (context, draft) =>
            {
                var row = await context.SheetRows.SingleOrDefaultAsync(r => r.SheetId == draft.SheetId && r.Index == index, cancellationToken);
                if (row is null)
                {
                    return DraftOutcome.NotFound;
                }

                row.Skipped = skipped;
                draft.Undo = null;
                return DraftOutcome.Saved;
            },
            cancellationToken);

    /// <summary>Leaves out all rows of a problem group.</summary>
    /// <param name="actor">Who decides; a Creator at least.</param>
    /// <param name="draftId">The draft.</param>
    /// <param name="key">The group.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What came of it.</returns>
    public Task<DraftOutcome> SkipGroupAsync(Actor actor, Guid draftId, ProblemKey key, CancellationToken cancellationToken) =>
        SkipAsync(actor, draftId, (context, draft) => SheetRowsOfDraft.WithProblemAsync(context, draft, key, cancellationToken), cancellationToken);

    /// <summary>Leaves out all rows that cannot be sent.</summary>
    /// <param name="actor">Who decides; a Creator at least.</param>
    /// <param name="draftId">The draft.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What came of it.</returns>
    public Task<DraftOutcome> SkipErrorsAsync(Actor actor, Guid draftId, CancellationToken cancellationToken) =>
        SkipAsync(actor, draftId, (context, draft) => SheetRowsOfDraft.WithErrorsAsync(context, draft, cancellationToken), cancellationToken);

    /// <summary>Uses a problem's suggestion for all rows of its group. Where the wrong value is the default, the default is changed.</summary>
    /// <param name="actor">Who decides; a Creator at least.</param>
    /// <param name="draftId">The draft.</param>
    /// <param name="key">The group.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What came of it.</returns>
    public Task<DraftOutcome> ApplySuggestionAsync(Actor actor, Guid draftId, ProblemKey key, CancellationToken cancellationToken) =>
        writer.ChangeAsync(
            actor,
            draftId,
            revision: null,
            async (context, draft) =>
            {
                var rows = await SheetRowsOfDraft.WithProblemAsync(context, draft, key, cancellationToken);
                var suggestion = rows.SelectMany(r => r.Problems).FirstOrDefault(p => ProblemKey.Of(p) == key)?.Suggestion;
                if (suggestion is null || key.Field is null)
                {
                    return DraftOutcome.NotFound;
                }

                var settings = await settingsReader.ReadAsync(context, draft, cancellationToken);
                var own = rows.FindAll(r => r.Cells.ContainsKey(key.Field));
                var defaults = own.Count < rows.Count ? draft.Defaults : null;
                draft.Undo = UndoOf($"{key.Field} {suggestion} for {RowCount(rows)}", key.Field, own) with { Defaults = defaults };
                if (defaults is not null)
                {
                    draft.Defaults = CellEdits.WithDefault(draft, settings, key.Field, suggestion);
                }

                own.ForEach(r => r.Cells = CellEdits.With(r.Cells, key.Field, suggestion));
                SheetRowsOfDraft.Write(context, own);
                return DraftOutcome.Saved;
            },
            cancellationToken);

    /// <summary>Gives each row of the group of repeated ids an id of its own: <c>cat</c> → <c>cat-2</c>, <c>cat-3</c>.</summary>
    /// <param name="actor">Who decides; a Creator at least.</param>
    /// <param name="draftId">The draft.</param>
    /// <param name="key">The group.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What came of it.</returns>
    public Task<DraftOutcome> MakeIdsUniqueAsync(Actor actor, Guid draftId, ProblemKey key, CancellationToken cancellationToken) =>
        writer.ChangeAsync(
            actor,
            draftId,
            revision: null,
            async (context, draft) =>
            {
                var rows = await SheetRowsOfDraft.WithProblemAsync(context, draft, key, cancellationToken);
                if (rows.Count == 0)
                {
                    return DraftOutcome.NotFound;
                }

                draft.Undo = UndoOf($"new ids for {RowCount(rows)}", SheetFields.CustomId, rows);
                var ids = new UniqueIds();
                await foreach (var row in context.SheetRows.AsNoTracking().Where(r => r.SheetId == draft.SheetId).AsAsyncEnumerable().WithCancellation(cancellationToken))
                {
                    ids.Take(row);
                }

                rows.ForEach(r => r.Cells = CellEdits.With(r.Cells, SheetFields.CustomId, ids.Next(r)));
                SheetRowsOfDraft.Write(context, rows);
                return DraftOutcome.Saved;
            },
            cancellationToken);

    /// <summary>Takes back the last change of many rows.</summary>
    /// <param name="actor">Who takes it back; a Creator at least.</param>
    /// <param name="draftId">The draft.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What came of it.</returns>
    public Task<DraftOutcome> UndoAsync(Actor actor, Guid draftId, CancellationToken cancellationToken) =>
        writer.ChangeAsync(
            actor,
            draftId,
            revision: null,
            async (context, draft) =>
            {
                if (draft.Undo is not { } undo)
                {
                    return DraftOutcome.NotFound;
                }

                var before = undo.Rows.ToDictionary(r => r.Index);
                var rows = await SheetRowsOfDraft.AtAsync(context, draft, before.Keys.ToHashSet(), cancellationToken);
                foreach (var row in rows)
                {
                    row.Skipped = before[row.Index].Skipped;
                    row.Cells = undo.Field is null ? row.Cells : CellEdits.With(row.Cells, undo.Field, before[row.Index].Text);
                }

                SheetRowsOfDraft.Write(context, rows);
                draft.Defaults = undo.Defaults ?? draft.Defaults;
                draft.Undo = null;
                return DraftOutcome.Saved;
            },
            cancellationToken);

    private Task<DraftOutcome> SkipAsync(
        Actor actor, Guid draftId, Func<EngineDbContext, Draft, Task<List<SheetRow>>> find, CancellationToken cancellationToken) =>
        writer.ChangeAsync(
            actor,
            draftId,
            revision: null,
            async (context, draft) =>
            {
                var rows = await find(context, draft);
                if (rows.Count == 0)
                {
                    return DraftOutcome.NotFound;
                }

                draft.Undo = UndoOf($"skipped {RowCount(rows)}", null, rows);
                rows.ForEach(r => r.Skipped = true);
                SheetRowsOfDraft.Write(context, rows);
                return DraftOutcome.Saved;
            },
            cancellationToken);

    private static string RowCount(List<SheetRow> rows) => rows.Count == 1 ? "1 row" : string.Create(CultureInfo.InvariantCulture, $"{rows.Count:N0} rows");

    private static DraftUndo UndoOf(string what, string? field, List<SheetRow> rows) =>
        new(what, field, rows.ConvertAll(r => new DraftUndoRow(r.Index, field is null ? null : r.Cells.GetValueOrDefault(field), r.Skipped)), null);
}
