using Batchwork.Engine.Restoring;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Dashboard.Identity;

/// <summary>
/// The only maker of the engine's <see cref="Administrator"/>. It asks the database each time: a cookie is up to a minute older than a right that
/// was taken away, and an open page may be hours older.
/// </summary>
public sealed class Administrators(IDbContextFactory<AppIdentityDbContext> contexts)
{
    /// <summary>The policy of pages and endpoints for administrators alone.</summary>
    public const string Policy = "administrator";

    /// <summary>Finds out whether a person runs this installation now.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The administrator, or <see langword="null"/> when they are none or are gone.</returns>
    public async Task<Administrator?> FindAsync(string userId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Users
            .Where(u => u.Id == userId && u.IsAdministrator)
            .Select(u => new Administrator(u.Id, u.Name))
            .FirstOrDefaultAsync(cancellationToken);
    }
}
