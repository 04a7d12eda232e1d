using Microsoft.EntityFrameworkCore;

namespace Batchwork.Dashboard.Identity;

/// <summary>Tells an installation that nobody can use yet from one that is in use.</summary>
internal sealed class FirstPerson(IDbContextFactory<AppIdentityDbContext> contexts)
{
    private volatile bool _exists;

    /// <summary>Whether somebody can sign in.</summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns><see langword="true"/> from the first administrator on, for ever.</returns>
    public async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        if (!_exists)
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            _exists = await context.Users.AnyAsync(cancellationToken);
        }

        return _exists;
    }
}
