using Batchwork.Dashboard.Identity.Sessions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Dashboard.Identity;

/// <summary>Links that an administrator makes for somebody who forgot the password: good for one day and one use, the latest one only.</summary>
internal sealed class ResetLinks(
    IDbContextFactory<AppIdentityDbContext> contexts, IServiceScopeFactory scopes, SessionService sessions, IAccountEvents events, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>Makes a link; earlier ones of the person are worthless from now on.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="cancellationToken">Cancels before it is made.</param>
    /// <returns>The link's token. This is the only time anybody can read it.</returns>
    public async Task<string> MakeAsync(string userId, CancellationToken cancellationToken)
    {
        var token = SecretTokens.New();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.ResetLinks.Where(l => l.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        context.ResetLinks.Add(new ResetLink { Hash = SecretTokens.HashOf(token), UserId = userId, ExpiresAt = time.GetUtcNow() + Lifetime });
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return token;
    }

    /// <summary>Whether a link can be used.</summary>
    /// <param name="token">Its token.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns><see langword="false"/> when it was used, replaced, expired or never made.</returns>
    public async Task<bool> IsGoodAsync(string token, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Good(context, token).AnyAsync(cancellationToken);
    }

    /// <summary>Sets a new password with a link, ends all sessions of the person and opens a locked account. The second factor stays.</summary>
    /// <param name="token">The link's token.</param>
    /// <param name="password">The password.</param>
    /// <param name="cancellationToken">Cancels before anything is changed.</param>
    /// <returns>What came of it; <see langword="null"/> when the link is no good.</returns>
    public async Task<AccountResult?> UseAsync(string token, string password, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await Good(context, token).Select(l => l.UserId).FirstOrDefaultAsync(cancellationToken) is not { } userId
            || await users.FindByIdAsync(userId) is not { DisabledAt: null } user)
        {
            return null;
        }

        // Judged before the link is taken: a weak password does not cost the link.
        foreach (var rule in users.PasswordValidators)
        {
            if (await rule.ValidateAsync(users, user, password) is { Succeeded: false } refused)
            {
                return AccountResult.Refused(refused.Errors);
            }
        }

        if (await Good(context, token).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return null;
        }

        var reset = await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), password);
        if (!reset.Succeeded)
        {
            return AccountResult.Refused(reset.Errors);
        }

        await users.SetLockoutEndDateAsync(user, null);
        await users.ResetAccessFailedCountAsync(user);
        await sessions.EndAllAsync(userId, CancellationToken.None);
        await events.WriteAsync(AccountEvents.PasswordReset, user, userId, CancellationToken.None);
        return AccountResult.Done(userId);
    }

    private IQueryable<ResetLink> Good(AppIdentityDbContext context, string token)
    {
        var hash = SecretTokens.HashOf(token);
        var now = time.GetUtcNow();
        return context.ResetLinks.Where(l => l.Hash == hash && l.ExpiresAt > now);
    }
}
