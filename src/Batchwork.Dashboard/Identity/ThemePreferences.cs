using Microsoft.EntityFrameworkCore;

namespace Batchwork.Dashboard.Identity;

/// <summary>Remembers each person's colours.</summary>
public sealed class ThemePreferences(IDbContextFactory<AppIdentityDbContext> contexts)
{
    /// <summary>Reads a person's choice.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The choice; <see cref="ThemeChoice.System"/> for people unknown.</returns>
    public async Task<ThemeChoice> GetAsync(string userId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Users.Where(u => u.Id == userId).Select(u => u.Theme).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Keeps a person's choice.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="theme">The choice.</param>
    /// <param name="cancellationToken">Cancels before it is kept.</param>
    public async Task SetAsync(string userId, ThemeChoice theme, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Users.Where(u => u.Id == userId).ExecuteUpdateAsync(set => set.SetProperty(u => u.Theme, theme), cancellationToken);
    }
}
