using System.Security.Claims;
using Batchwork.Dashboard.Identity.Sessions;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Batchwork.Dashboard.Identity.Provider;

/// <summary>
/// Signs in whom the provider has signed in. Accounts are connected by issuer and subject. The first time, an account with the same address is
/// connected by itself only if the provider has verified the address, we have too, and the account is an ordinary one: an administrator, or who
/// guards the account with an app or a passkey, signs in here first and connects it by hand. Else whoever runs the provider would own them.
/// </summary>
internal sealed class ProviderSignIn(
    UserManager<AppUser> users,
    SignInService entrance,
    AccountService accounts,
    PeopleService people,
    GroupRoles groupRoles,
    IDbContextFactory<AppIdentityDbContext> contexts,
    IOptions<ProviderOptions> options,
    IAccountEvents events)
{
    private readonly ProviderOptions _options = options.Value;

    /// <summary>Signs a person in.</summary>
    /// <param name="external">What the provider said.</param>
    /// <param name="cancellationToken">Cancels before anything is changed.</param>
    /// <returns>What came of it.</returns>
    public async Task<ProviderOutcome> EnterAsync(ClaimsPrincipal external, CancellationToken cancellationToken)
    {
        if (ProviderIdentity.Read(external, _options) is not { } identity)
        {
            return ProviderOutcome.Failed;
        }

        var (user, refused) = await FindOrMakeAsync(identity, cancellationToken);
        if (user is not { DisabledAt: null })
        {
            return user is null ? refused : ProviderOutcome.Failed;
        }

        await FollowGroupsAsync(user, identity, cancellationToken);
        // Read again: the groups may have made them an administrator.
        user = await users.FindByIdAsync(user.Id);
        return user is not null && await entrance.EnterAsync(user, SignInMethod.Provider) ? ProviderOutcome.Entered : ProviderOutcome.Failed;
    }

    /// <summary>Connects the provider's account to the person who is signed in here.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="external">What the provider said.</param>
    /// <returns><see langword="false"/> when it belongs to somebody else already.</returns>
    public async Task<bool> ConnectAsync(string userId, ClaimsPrincipal external)
    {
        if (ProviderIdentity.Read(external, _options) is not { } identity || await users.FindByIdAsync(userId) is not { } user)
        {
            return false;
        }

        return await users.FindByLoginAsync(identity.Issuer, identity.Subject) is { } connected ? connected.Id == userId : await LinkAsync(user, identity);
    }

    private async Task<(AppUser? User, ProviderOutcome Refused)> FindOrMakeAsync(ProviderIdentity identity, CancellationToken cancellationToken)
    {
        if (await users.FindByLoginAsync(identity.Issuer, identity.Subject) is { } known)
        {
            return (known, ProviderOutcome.Failed);
        }

        if (identity is not { Email: { } email, IsEmailVerified: true })
        {
            return (null, ProviderOutcome.EmailNotVerified);
        }

        if (await users.FindByEmailAsync(email) is { } existing)
        {
            return await MayLinkAsync(existing, identity.Issuer) && await LinkAsync(existing, identity)
                ? (existing, ProviderOutcome.Failed)
                : (null, ProviderOutcome.ConnectByHand);
        }

        if (!_options.CreateAccounts && !IsNamed(identity))
        {
            return (null, ProviderOutcome.Unknown);
        }

        var made = await accounts.CreateAsync(new NewAccount(email, identity.Name) { IsAddressProven = true }, cancellationToken);
        if (made.UserId is null || await users.FindByIdAsync(made.UserId) is not { } user || !await LinkAsync(user, identity))
        {
            return (null, ProviderOutcome.Failed);
        }

        await events.WriteAsync(AccountEvents.CreatedByProvider, user, user.Id, CancellationToken.None);
        return (user, ProviderOutcome.Failed);
    }

    private async Task<bool> MayLinkAsync(AppUser user, string issuer) =>
        user is { EmailConfirmed: true, IsAdministrator: false, TwoFactorEnabled: false, DisabledAt: null }
        && (await users.GetPasskeysAsync(user)).Count == 0
        && (await users.GetLoginsAsync(user)).All(l => l.LoginProvider != issuer);

    private async Task<bool> LinkAsync(AppUser user, ProviderIdentity identity)
    {
        var linked = await users.AddLoginAsync(user, new UserLoginInfo(identity.Issuer, identity.Subject, _options.Name));
        if (linked.Succeeded)
        {
            await events.WriteAsync(AccountEvents.ProviderLinked, user, user.Id, CancellationToken.None);
        }

        return linked.Succeeded;
    }

    /// <summary>Whether a setting speaks of one of the person's groups.</summary>
    private bool IsNamed(ProviderIdentity identity) =>
        (_options.AdministratorGroup is { Length: > 0 } group && identity.Groups.Contains(group))
        || _options.ReadRoles(out _).Any(r => identity.Groups.Contains(r.Group));

    private async Task FollowGroupsAsync(AppUser user, ProviderIdentity identity, CancellationToken cancellationToken)
    {
        if (_options.AdministratorGroup is { Length: > 0 } group && user.IsAdministrator != identity.Groups.Contains(group))
        {
            await people.FollowProviderAsync(user.Id, identity.Groups.Contains(group), cancellationToken);
        }

        var roles = _options.ReadRoles(out _);
        if (roles.Count == 0)
        {
            return;
        }

        var wanted = roles.Where(r => identity.Groups.Contains(r.Group)).GroupBy(r => r.Workspace, StringComparer.Ordinal)
            .ToDictionary(w => w.Key, w => w.Max(r => r.Role), StringComparer.Ordinal);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var earlier = await context.ProviderRoles.Where(r => r.UserId == user.Id).Select(r => r.WorkspaceId).ToHashSetAsync(cancellationToken);
        var now = await groupRoles.ApplyAsync(new Person(user.Id, user.Name, Origin: null), wanted, earlier, cancellationToken);
        await context.ProviderRoles.Where(r => r.UserId == user.Id && !now.Contains(r.WorkspaceId)).ExecuteDeleteAsync(CancellationToken.None);
        context.ProviderRoles.AddRange(now.Except(earlier).Select(id => new ProviderRole { UserId = user.Id, WorkspaceId = id }));
        await context.SaveChangesAsync(CancellationToken.None);
    }
}
