using Microsoft.EntityFrameworkCore;

namespace Batchwork.Dashboard.Identity;

/// <summary>Names and addresses of people, whom the engine knows by their ids only.</summary>
internal sealed class People(IDbContextFactory<AppIdentityDbContext> contexts)
{
    /// <summary>Finds people by their ids.</summary>
    /// <param name="ids">The ids.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>Those that have an account.</returns>
    public async Task<IReadOnlyDictionary<string, PersonCard>> FindAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.ToList();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Users
            .Where(u => wanted.Contains(u.Id))
            .Select(u => new PersonCard(
                u.Id,
                u.Name,
                u.Email ?? string.Empty,
                u.TwoFactorEnabled || context.UserPasskeys.Any(p => p.UserId == u.Id) || context.UserLogins.Any(l => l.UserId == u.Id)))
            .ToDictionaryAsync(p => p.Id, StringComparer.Ordinal, cancellationToken);
    }
}
