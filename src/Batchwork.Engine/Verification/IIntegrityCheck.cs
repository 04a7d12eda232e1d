using Batchwork.Engine.Persistence;

namespace Batchwork.Engine.Verification;

/// <summary>One family of promises that can be checked without asking a provider. Reads only, in bounded memory.</summary>
internal interface IIntegrityCheck
{
    /// <summary>Looks for broken promises.</summary>
    /// <param name="context">The database.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <returns>Each fault, as it is found.</returns>
    IAsyncEnumerable<IntegrityFault> FindAsync(EngineDbContext context, CancellationToken cancellationToken);
}
