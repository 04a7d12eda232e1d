using Microsoft.AspNetCore.Identity;

namespace Batchwork.Dashboard.Identity.SecondFactor;

/// <summary>The second step of a sign-in with a recovery code. Identity's own keeps the codes readable.</summary>
internal sealed class RecoveryProvider(RecoveryCodes codes) : IUserTwoFactorTokenProvider<AppUser>
{
    public const string Name = "Recovery";

    // Having codes alone asks nobody for a second step; the app does.
    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<AppUser> manager, AppUser user) => Task.FromResult(false);

    public Task<bool> ValidateAsync(string purpose, string token, UserManager<AppUser> manager, AppUser user) =>
        codes.TakeAsync(user.Id, token, CancellationToken.None);

    public Task<string> GenerateAsync(string purpose, UserManager<AppUser> manager, AppUser user) => throw new NotSupportedException();
}
