using Batchwork.Engine.Persistence;
using Batchwork.Engine.Sheets.Reading;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Sheets;

/// <summary>Stores and removes sheets, in transactions that are short enough for everyone else to write between them.</summary>
/// <param name="contexts">Makes the contexts.</param>
public sealed class SheetStore(IDbContextFactory<EngineDbContext> contexts)
{
    private const int ChunkLength = 5_000;

    /// <summary>Stores a sheet. It is not <see cref="SheetState.Ready"/>, and so not shown, before its last row is stored.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="cancellationToken">Cancels between two chunks; what was stored is then removed.</param>
    /// <returns>A task that ends when the sheet is ready.</returns>
    internal async Task AddAsync(Sheet sheet, IEnumerable<ReadRow> rows, CancellationToken cancellationToken)
    {
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            context.Sheets.Add(sheet);
            await context.SaveChangesAsync(cancellationToken);
        }

        try
        {
            var index = 0;
            foreach (var chunk in rows.Chunk(ChunkLength))
            {
                await AddChunkAsync(sheet, chunk, index, cancellationToken);
                index += chunk.Length;
            }

            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await context.Sheets.Where(s => s.Id == sheet.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.State, SheetState.Ready), cancellationToken);
            sheet.State = SheetState.Ready;
        }
        catch
        {
            await RemoveAsync(sheet.Id, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Removes a sheet and its rows.</summary>
    /// <param name="sheetId">The sheet.</param>
    /// <param name="cancellationToken">Cancels between two chunks.</param>
    /// <returns>A task that ends when it is gone.</returns>
    public async Task RemoveAsync(Guid sheetId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        while (await context.SheetRows.Where(r => r.SheetId == sheetId).MaxAsync(r => (int?)r.Index, cancellationToken) is { } last)
        {
            await context.SheetRows.Where(r => r.SheetId == sheetId && r.Index > last - ChunkLength).ExecuteDeleteAsync(cancellationToken);
        }

        await context.Sheets.Where(s => s.Id == sheetId).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task AddChunkAsync(Sheet sheet, ReadRow[] chunk, int firstIndex, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        using var insert = BulkStatement<SheetRow>.Insert(context);
        for (var i = 0; i < chunk.Length; i++)
        {
            var row = chunk[i];
            insert.Run(new SheetRow
            {
                SheetId = sheet.Id,
                Index = firstIndex + i,
                WorkspaceId = sheet.WorkspaceId,
                Number = row.Number,
                Cells = row.Cells,
                Extra = row.Extra,
                ReadProblem = row.Problem,
            });
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
