using Batchwork.Dashboard.Identity.SecondFactor;
using Batchwork.Dashboard.Identity.Sessions;
using Microsoft.AspNetCore.Identity;

namespace Batchwork.Dashboard.Identity;

/// <summary>
/// What a person changes about their own account. Whatever changes how they sign in ends all their other sessions; the one they do it in goes on.
/// What does needs a recent proof that it is the person.
/// </summary>
internal sealed class AccountSettings(
    UserManager<AppUser> users,
    SignInManager<AppUser> signIn,
    SessionService sessions,
    AuthenticatorService authenticators,
    RecoveryCodes recoveryCodes,
    RecentProof proof,
    IAccountEvents events)
{
    /// <summary>Reads the account.</summary>
    /// <param name="userId">The person.</param>
    /// <returns>The account.</returns>
    public async Task<AppUser> ReadAsync(string userId) =>
        await users.FindByIdAsync(userId) ?? throw new InvalidOperationException("The account of a person who is signed in is gone.");

    /// <summary>Changes the name.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="name">As others see them.</param>
    public async Task<IdentityResult> RenameAsync(string userId, string name)
    {
        var user = await ReadAsync(userId);
        user.Name = name.Trim();
        return await NoteAsync(await users.UpdateAsync(user), AccountEvents.NameChanged, user);
    }

    /// <summary>Changes the address they sign in with.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="sessionId">Their session.</param>
    /// <param name="email">The address.</param>
    public async Task<IdentityResult> ChangeEmailAsync(string userId, Guid sessionId, string email)
    {
        await proof.RequireAsync(sessionId, CancellationToken.None);
        var user = await ReadAsync(userId);
        user.Email = email.Trim();
        user.UserName = email.Trim();
        // Nobody has shown that the new address is theirs: the sign-in provider must not find this account by it.
        user.EmailConfirmed = false;
        var result = await users.UpdateAsync(user);
        return result.Succeeded ? await EndOthersAsync(await users.UpdateSecurityStampAsync(user), AccountEvents.EmailChanged, user, sessionId) : result;
    }

    /// <summary>Changes the password.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="sessionId">Their session.</param>
    /// <param name="current">The password so far; looked at only when there is one.</param>
    /// <param name="password">The new one.</param>
    public async Task<IdentityResult> ChangePasswordAsync(string userId, Guid sessionId, string current, string password)
    {
        await proof.RequireAsync(sessionId, CancellationToken.None);
        var user = await ReadAsync(userId);
        if (user.PasswordHash is not null && !await ProveAsync(user, sessionId, current))
        {
            return IdentityResult.Failed(users.ErrorDescriber.PasswordMismatch());
        }

        var result = user.PasswordHash is null
            ? await users.AddPasswordAsync(user, password)
            : await users.ChangePasswordAsync(user, current, password);
        return await EndOthersAsync(result, AccountEvents.PasswordChanged, user, sessionId);
    }

    /// <summary>Shows again that it is them, by password. Wrong ones count towards the lock-out.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="sessionId">Their session.</param>
    /// <param name="password">The password.</param>
    /// <returns>Whether it was right.</returns>
    public async Task<bool> ProveAsync(string userId, Guid sessionId, string password) => await ProveAsync(await ReadAsync(userId), sessionId, password);

    /// <summary>Turns the second factor on, with an app whose first code is given, or changes the app.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="sessionId">Their session.</param>
    /// <param name="sealedSecret">The app's secret.</param>
    /// <param name="code">A code of it.</param>
    /// <param name="cancellationToken">Cancels before it is turned on.</param>
    /// <returns>The recovery codes, to be shown once; <see langword="null"/> when the code is wrong.</returns>
    public async Task<IReadOnlyList<string>?> TurnOnSecondFactorAsync(
        string userId, Guid sessionId, string sealedSecret, string code, CancellationToken cancellationToken)
    {
        await proof.RequireAsync(sessionId, cancellationToken);
        if (!await authenticators.StoreAsync(userId, sealedSecret, code, cancellationToken))
        {
            return null;
        }

        var user = await ReadAsync(userId);
        var codes = await recoveryCodes.RenewAsync(userId, CancellationToken.None);
        await EndOthersAsync(await users.SetTwoFactorEnabledAsync(user, true), AccountEvents.SecondFactorOn, user, sessionId);
        return codes;
    }

    /// <summary>Turns the second factor off.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="sessionId">Their session.</param>
    public async Task TurnOffSecondFactorAsync(string userId, Guid sessionId)
    {
        await proof.RequireAsync(sessionId, CancellationToken.None);
        var user = await ReadAsync(userId);
        await EndOthersAsync(await users.SetTwoFactorEnabledAsync(user, false), AccountEvents.SecondFactorOff, user, sessionId);
        await authenticators.RemoveAsync(userId, CancellationToken.None);
        await recoveryCodes.RemoveAsync(userId, CancellationToken.None);
        await signIn.ForgetTwoFactorClientAsync();
    }

    /// <summary>Makes new recovery codes.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="sessionId">Their session.</param>
    /// <param name="cancellationToken">Cancels before they are made.</param>
    /// <returns>The codes, to be shown once.</returns>
    public async Task<IReadOnlyList<string>> RenewRecoveryCodesAsync(string userId, Guid sessionId, CancellationToken cancellationToken)
    {
        await proof.RequireAsync(sessionId, cancellationToken);
        var codes = await recoveryCodes.RenewAsync(userId, cancellationToken);
        await events.WriteAsync(AccountEvents.RecoveryCodesRenewed, await ReadAsync(userId), userId, CancellationToken.None);
        return codes;
    }

    /// <summary>Cuts the connection with the sign-in provider, unless it is the only way in.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="sessionId">Their session; all others end.</param>
    /// <returns><see langword="false"/> when there is no connection or the person could not sign in any more.</returns>
    public async Task<bool> DisconnectProviderAsync(string userId, Guid sessionId)
    {
        await proof.RequireAsync(sessionId, CancellationToken.None);
        var user = await ReadAsync(userId);
        var logins = await users.GetLoginsAsync(user);
        if (logins.Count == 0 || (user.PasswordHash is null && (await users.GetPasskeysAsync(user)).Count == 0))
        {
            return false;
        }

        foreach (var login in logins)
        {
            await users.RemoveLoginAsync(user, login.LoginProvider, login.ProviderKey);
        }

        return (await EndOthersAsync(await users.UpdateSecurityStampAsync(user), AccountEvents.ProviderUnlinked, user, sessionId)).Succeeded;
    }

    private async Task<bool> ProveAsync(AppUser user, Guid sessionId, string password)
    {
        if (password.Length > PasswordRules.GreatestLength || !(await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true)).Succeeded)
        {
            return false;
        }

        await sessions.ProveAsync(sessionId, CancellationToken.None);
        return true;
    }

    private async Task<IdentityResult> EndOthersAsync(IdentityResult result, string what, AppUser user, Guid sessionId)
    {
        if (result.Succeeded)
        {
            await sessions.KeepOnlyAsync(user.Id, sessionId, await users.GetSecurityStampAsync(user), CancellationToken.None);
        }

        return await NoteAsync(result, what, user);
    }

    private async Task<IdentityResult> NoteAsync(IdentityResult result, string what, AppUser user)
    {
        if (result.Succeeded)
        {
            await events.WriteAsync(what, user, user.Id, CancellationToken.None);
        }

        return result;
    }
}
