using System.Runtime.CompilerServices;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Verification;

/// <summary>
/// Checks everything that can be checked without asking a provider: the ledger adds up, no part was paid twice without a person's word, nothing is
/// silently stuck, no key is written anywhere, and every picture is on disk with the bytes its hash names. Reads only.
/// </summary>
public sealed class IntegrityChecker
{
    private readonly IDbContextFactory<EngineDbContext> _contexts;
    private readonly IEnumerable<IIntegrityCheck> _checks;

    internal IntegrityChecker(IDbContextFactory<EngineDbContext> contexts, IEnumerable<IIntegrityCheck> checks)
    {
        _contexts = contexts;
        _checks = checks;
    }

    /// <summary>Checks the whole data folder.</summary>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <returns>Every fault, as it is found. None means that all promises hold.</returns>
    public async IAsyncEnumerable<IntegrityFault> CheckAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        foreach (var check in _checks)
        {
            await foreach (var fault in check.FindAsync(context, cancellationToken))
            {
                yield return fault;
            }
        }
    }
}
