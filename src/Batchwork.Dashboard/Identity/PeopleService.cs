using Batchwork.Dashboard.Identity.SecondFactor;
using Batchwork.Dashboard.Identity.Sessions;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Dashboard.Identity;

/// <summary>What administrators do with accounts. Each method says who acts and looks whether they may, whatever the page showed.</summary>
internal sealed class PeopleService(
    IDbContextFactory<AppIdentityDbContext> contexts,
    IServiceScopeFactory scopes,
    SessionService sessions,
    AuthenticatorService authenticators,
    RecoveryCodes recoveryCodes,
    ResetLinks resetLinks,
    Memberships memberships,
    IAccountEvents events) : IDisposable
{
    // One process works in a data folder, so one lock in it keeps two administrators from removing each other.
    private readonly SemaphoreSlim _one = new(1);

    public void Dispose() => _one.Dispose();

    /// <summary>Lists all accounts by name.</summary>
    /// <param name="by">Who asks; an administrator.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The accounts.</returns>
    public async Task<IReadOnlyList<PersonItem>> ListAsync(string by, CancellationToken cancellationToken)
    {
        await RequireAdministratorAsync(by, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Users
            .OrderBy(u => u.Name).ThenBy(u => u.Id)
            .Select(u => new PersonItem(
                u.Id,
                u.Name,
                u.Email ?? string.Empty,
                u.IsAdministrator,
                u.DisabledAt != null,
                u.TwoFactorEnabled,
                u.PasswordHash != null,
                context.UserPasskeys.Count(p => p.UserId == u.Id),
                context.Sessions.Where(s => s.UserId == u.Id).Max(s => (DateTimeOffset?)s.SeenAt)))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Keeps somebody from signing in and ends all their sessions; open pages close at once. What they made stays.</summary>
    public Task<PersonChange> DisableAsync(string by, string userId, DateTimeOffset now, CancellationToken cancellationToken) => ChangeAsync(
        by,
        userId,
        takesAdministrator: true,
        user => user.DisabledAt ??= now,
        AccountEvents.Disabled,
        cancellationToken);

    /// <summary>Lets somebody sign in again.</summary>
    public Task<PersonChange> EnableAsync(string by, string userId, CancellationToken cancellationToken) => ChangeAsync(
        by,
        userId,
        takesAdministrator: false,
        user => user.DisabledAt = null,
        AccountEvents.Enabled,
        cancellationToken);

    /// <summary>Makes somebody an administrator.</summary>
    public Task<PersonChange> MakeAdministratorAsync(string by, string userId, CancellationToken cancellationToken) => ChangeAsync(
        by,
        userId,
        takesAdministrator: false,
        user => user.IsAdministrator = true,
        AccountEvents.AdministratorMade,
        cancellationToken);

    /// <summary>Takes the installation out of somebody's hands.</summary>
    public Task<PersonChange> UnmakeAdministratorAsync(string by, string userId, CancellationToken cancellationToken) => ChangeAsync(
        by,
        userId,
        takesAdministrator: true,
        user => user.IsAdministrator = false,
        AccountEvents.AdministratorUnmade,
        cancellationToken);

    /// <summary>Ends all sessions of somebody, browsers that were remembered at the second step included. They can sign in again.</summary>
    public Task<PersonChange> EndSessionsAsync(string by, string userId, CancellationToken cancellationToken) => ChangeAsync(
        by,
        userId,
        takesAdministrator: false,
        _ => { },
        AccountEvents.SessionEnded,
        cancellationToken);

    /// <summary>Forgets somebody's authenticator app and recovery codes, for who lost both, and ends their sessions.</summary>
    public async Task<PersonChange> ResetSecondFactorAsync(string by, string userId, CancellationToken cancellationToken)
    {
        var change = await ChangeAsync(by, userId, takesAdministrator: false, user => user.TwoFactorEnabled = false, AccountEvents.SecondFactorReset, cancellationToken);
        if (change is PersonChange.Done)
        {
            await authenticators.RemoveAsync(userId, CancellationToken.None);
            await recoveryCodes.RemoveAsync(userId, CancellationToken.None);
        }

        return change;
    }

    /// <summary>Makes a link with which somebody chooses a new password.</summary>
    /// <returns>The link's token; <see langword="null"/> when there is no such person or they may not sign in.</returns>
    public async Task<string?> MakeResetLinkAsync(string by, string userId, CancellationToken cancellationToken)
    {
        await RequireAdministratorAsync(by, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().FindByIdAsync(userId) is not { DisabledAt: null } user)
        {
            return null;
        }

        var token = await resetLinks.MakeAsync(userId, cancellationToken);
        await events.WriteAsync(AccountEvents.ResetLinkMade, user, by, CancellationToken.None);
        return token;
    }

    /// <summary>Whether the installation would have no administrator left who can sign in here without somebody else.</summary>
    /// <param name="userId">The person who would not be one any more.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns><see langword="true"/> when they must stay.</returns>
    public async Task<bool> IsLastLocalAdministratorAsync(string userId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var local = context.Users.Where(u => u.IsAdministrator && u.DisabledAt == null
            && (u.PasswordHash != null || context.UserPasskeys.Any(p => p.UserId == u.Id)));
        return await local.AnyAsync(u => u.Id == userId, cancellationToken) && !await local.AnyAsync(u => u.Id != userId, cancellationToken);
    }

    /// <summary>Changes the administrator flag as the sign-in provider's groups say, for the person who signs in.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="isAdministrator">What their groups say.</param>
    /// <param name="cancellationToken">Cancels before it is changed.</param>
    public async Task FollowProviderAsync(string userId, bool isAdministrator, CancellationToken cancellationToken) => await ChangeAsync(
        userId,
        takesAdministrator: !isAdministrator,
        user => user.IsAdministrator = isAdministrator,
        isAdministrator ? AccountEvents.AdministratorMade : AccountEvents.AdministratorUnmade,
        by: "provider",
        endsSessions: false,
        cancellationToken);

    private async Task<PersonChange> ChangeAsync(
        string by, string userId, bool takesAdministrator, Action<AppUser> change, string what, CancellationToken cancellationToken)
    {
        await RequireAdministratorAsync(by, cancellationToken);
        // A right that is taken or given is looked up at each request; only what ends a way in ends sessions.
        var endsSessions = what is AccountEvents.Disabled or AccountEvents.SecondFactorReset or AccountEvents.SessionEnded;
        return await ChangeAsync(userId, takesAdministrator, change, what, by, endsSessions, cancellationToken);
    }

    private async Task<PersonChange> ChangeAsync(
        string userId, bool takesAdministrator, Action<AppUser> change, string what, string by, bool endsSessions, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
            if (await users.FindByIdAsync(userId) is not { } user)
            {
                return PersonChange.NotFound;
            }

            if (takesAdministrator && await IsLastLocalAdministratorAsync(userId, cancellationToken))
            {
                return PersonChange.LastAdministrator;
            }

            change(user);
            // The stamp, too: a second step that is half done, or a browser that is remembered, does not outlive it.
            var saved = endsSessions ? await users.UpdateSecurityStampAsync(user) : await users.UpdateAsync(user);
            if (!saved.Succeeded)
            {
                throw new InvalidOperationException(string.Join(' ', saved.Errors.Select(e => e.Description)));
            }

            if (endsSessions)
            {
                await sessions.EndAllAsync(userId, CancellationToken.None);
                memberships.Revoke(userId);
            }

            await events.WriteAsync(what, user, by, CancellationToken.None);
            return PersonChange.Done;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task RequireAdministratorAsync(string userId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await context.Users.AnyAsync(u => u.Id == userId && u.IsAdministrator && u.DisabledAt == null, cancellationToken))
        {
            throw new UnauthorizedAccessException("Only an administrator may do this.");
        }
    }
}
