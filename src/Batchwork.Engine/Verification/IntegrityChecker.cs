using System.Runtime.CompilerServices;
using Batchwork.Engine.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace Batchwork.Engine.Verification;

/// <summary>
/// Checks everything that can be checked without asking a provider: the ledger adds up, no part was paid twice without a person's word, nothing is
/// silently stuck, no key is written anywhere, and every picture is on disk with the bytes its hash names. Reads only, and may run while others work:
/// the tables are read as they were at one moment, and each commit leaves them whole, or else a crash right after it could not be survived.
/// </summary>
public sealed class IntegrityChecker
{
    private const int SqliteInterrupt = 9;

    private readonly IDbContextFactory<EngineDbContext> _contexts;
    private readonly IEnumerable<IIntegrityCheck> _checks;
    private readonly PictureCheck _pictures;

    internal IntegrityChecker(IDbContextFactory<EngineDbContext> contexts, IEnumerable<IIntegrityCheck> checks, PictureCheck pictures)
    {
        _contexts = contexts;
        _checks = checks;
        _pictures = pictures;
    }

    /// <summary>Checks the whole data folder.</summary>
    /// <param name="report">Told how far the check has come; called often and from any thread.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <returns>Every fault, as it is found. None means that all promises hold.</returns>
    public async IAsyncEnumerable<IntegrityFault> CheckAsync(Action<IntegrityProgress> report, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        await foreach (var fault in CheckTablesAsync(context, report, cancellationToken))
        {
            yield return fault;
        }

        var (looked, total) = (0L, await PictureCheck.CountAsync(context, cancellationToken));
        void Tell(int more) => report(new IntegrityProgress("the pictures on disk", looked += more, total));
        Tell(0);
        await foreach (var fault in _pictures.FindAsync(context, Tell, cancellationToken))
        {
            yield return fault;
        }
    }

    private async IAsyncEnumerable<IntegrityFault> CheckTablesAsync(
        EngineDbContext context, Action<IntegrityProgress> report, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        var connection = (SqliteConnection)context.Database.GetDbConnection();

        // A long statement does not look at tokens by itself.
        await using var interrupt = cancellationToken.Register(() => raw.sqlite3_interrupt(connection.Handle));

        // Deferred: it never asks for the writer's place, so nobody waits for it.
        await using var snapshot = connection.BeginTransaction(deferred: true);
        await context.Database.UseTransactionAsync(snapshot, cancellationToken);
        foreach (var check in _checks)
        {
            report(new IntegrityProgress(check.Subject, 0, 0));
            await using var faults = check.FindAsync(context, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await MoveNextAsync(faults, cancellationToken))
            {
                yield return faults.Current;
            }
        }

        await context.Database.UseTransactionAsync(null, cancellationToken);
        await snapshot.RollbackAsync(cancellationToken);
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<IntegrityFault> faults, CancellationToken cancellationToken)
    {
        try
        {
            return await faults.MoveNextAsync();
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SqliteInterrupt && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
    }
}
