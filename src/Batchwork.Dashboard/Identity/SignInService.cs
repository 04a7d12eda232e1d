using System.Security.Claims;
using System.Security.Cryptography;
using Batchwork.Dashboard.Identity.SecondFactor;
using Batchwork.Dashboard.Identity.Sessions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Batchwork.Dashboard.Identity;

/// <summary>
/// The ways in: password and, if there is one, the authenticator app; a passkey; the sign-in provider. Whoever tries cannot tell an unknown address
/// from a wrong password, by the answer or by the time it takes.
/// </summary>
internal sealed partial class SignInService(
    SignInManager<AppUser> signIn,
    UserManager<AppUser> users,
    IPasswordHasher<AppUser> hasher,
    AccountLimiter limiter,
    IAccountEvents events,
    IHttpContextAccessor requests,
    ILogger<SignInService> logger)
{
    // The hash of something nobody knows: checking a password against it takes as long as checking it against a real one.
    private static readonly Lazy<string> s_nobodysHash = new(() => new PasswordHasher<AppUser>(Options.Create(IdentityServices.Hashing))
        .HashPassword(Nobody(), Convert.ToHexString(RandomNumberGenerator.GetBytes(32))));

    /// <summary>Signs a person in when address and password fit, or begins their second step.</summary>
    /// <param name="email">The address.</param>
    /// <param name="password">The password.</param>
    /// <returns>What came of it.</returns>
    public async Task<SignInOutcome> TryAsync(string email, string password)
    {
        if (password.Length > PasswordRules.GreatestLength)
        {
            return Refuse("password too long", user: null);
        }

        var mayTry = limiter.Try(email);
        var user = await users.FindByEmailAsync(email);
        if (user is not { PasswordHash: not null, DisabledAt: null } || !mayTry || await users.IsLockedOutAsync(user))
        {
            hasher.VerifyHashedPassword(Nobody(), s_nobodysHash.Value, password);
            return Refuse(user is null ? "unknown address" : user.DisabledAt is not null ? "disabled" : user.PasswordHash is null ? "no password" : "tried too often", user);
        }

        var result = await signIn.PasswordSignInAsync(user, password, isPersistent: true, lockoutOnFailure: true);
        if (result.RequiresTwoFactor)
        {
            return SignInOutcome.NeedsSecondStep;
        }

        if (result.IsLockedOut)
        {
            await events.WriteAsync(AccountEvents.LockedOut, user, by: null, CancellationToken.None);
        }

        return result.Succeeded ? SignInOutcome.SignedIn : Refuse("wrong password", user);
    }

    /// <summary>Whether somebody gave a right password and is asked for the second step.</summary>
    /// <returns><see langword="true"/> when the second step is open.</returns>
    public async Task<bool> IsSecondStepOpenAsync() => await signIn.GetTwoFactorAuthenticationUserAsync() is not null;

    /// <summary>Takes the second step with a code of the app or a recovery code.</summary>
    /// <param name="code">The code.</param>
    /// <param name="isRecoveryCode">Whether it is a recovery code.</param>
    /// <param name="remember">Whether this browser is asked no more, until something about the person's sign-in changes.</param>
    /// <returns>Whether the person is signed in.</returns>
    public async Task<bool> TakeSecondStepAsync(string code, bool isRecoveryCode, bool remember)
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { DisabledAt: null } user || !limiter.Try(user.Email ?? user.Id))
        {
            Refuse("second step: not open, or tried too often", user: null);
            return false;
        }

        var provider = isRecoveryCode ? RecoveryProvider.Name : AuthenticatorProvider.Name;
        var result = await signIn.TwoFactorSignInAsync(provider, code, isPersistent: true, remember && !isRecoveryCode);
        if (result.Succeeded && isRecoveryCode)
        {
            await events.WriteAsync(AccountEvents.RecoveryCodeUsed, user, user.Id, CancellationToken.None);
        }

        if (!result.Succeeded)
        {
            Refuse(isRecoveryCode ? "wrong recovery code" : "wrong code", user);
        }

        return result.Succeeded;
    }

    /// <summary>Signs in a person who was shown to be them in another way.</summary>
    /// <param name="user">The person.</param>
    /// <param name="method">In which way.</param>
    /// <returns><see langword="false"/> when they may not sign in.</returns>
    public async Task<bool> EnterAsync(AppUser user, SignInMethod method)
    {
        if (!await signIn.CanSignInAsync(user) || await users.IsLockedOutAsync(user))
        {
            Refuse($"{method}: disabled or locked", user);
            return false;
        }

        await signIn.SignInWithClaimsAsync(user, isPersistent: true, [new Claim(AppClaims.Method, method.ToString())]);
        return true;
    }

    /// <summary>Notes that another way in did not fit.</summary>
    /// <param name="why">Why.</param>
    /// <returns><see langword="false"/>.</returns>
    public bool RefuseOther(string why)
    {
        Refuse(why, user: null);
        return false;
    }

    // What was typed is not noted: people type their password into the wrong field.
    private SignInOutcome Refuse(string why, AppUser? user)
    {
        LogRefused(why, user?.Id, requests.HttpContext?.Origin().Address);
        return SignInOutcome.Refused;
    }

    [LoggerMessage(6410, LogLevel.Warning, "A sign-in was refused, {Why}: account {UserId}, from {Address}")]
    private partial void LogRefused(string why, string? userId, string? address);

    private static AppUser Nobody() => new() { Name = string.Empty, CreatedAt = DateTimeOffset.UnixEpoch };
}
