using Batchwork.Engine.Persistence;

namespace Batchwork.Engine.Verification;

/// <summary>One family of promises that can be checked without asking a provider. Reads only, in bounded memory.</summary>
internal interface IIntegrityCheck
{
    /// <summary>What it looks at, for people, for example <c>the ledger</c>.</summary>
    string Subject { get; }

    /// <summary>Looks for broken promises.</summary>
    /// <param name="context">The database as it was at one moment: what others commit meanwhile is not seen.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <returns>Each fault, as it is found.</returns>
    IAsyncEnumerable<IntegrityFault> FindAsync(EngineDbContext context, CancellationToken cancellationToken);
}
