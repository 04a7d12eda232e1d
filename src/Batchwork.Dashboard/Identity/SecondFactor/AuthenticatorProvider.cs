using Microsoft.AspNetCore.Identity;

namespace Batchwork.Dashboard.Identity.SecondFactor;

/// <summary>The second step of a sign-in with an authenticator app.</summary>
internal sealed class AuthenticatorProvider(AuthenticatorService authenticators) : IUserTwoFactorTokenProvider<AppUser>
{
    public const string Name = "App";

    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<AppUser> manager, AppUser user) => authenticators.HasAsync(user.Id, CancellationToken.None);

    public Task<bool> ValidateAsync(string purpose, string token, UserManager<AppUser> manager, AppUser user) =>
        authenticators.TakeAsync(user.Id, token, CancellationToken.None);

    // The app makes them.
    public Task<string> GenerateAsync(string purpose, UserManager<AppUser> manager, AppUser user) => throw new NotSupportedException();
}
