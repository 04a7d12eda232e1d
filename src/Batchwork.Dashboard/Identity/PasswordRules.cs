using Microsoft.AspNetCore.Identity;

namespace Batchwork.Dashboard.Identity;

/// <summary>Refuses long passwords that are guessed all the same: well-known ones, simple patterns, the person's own address.</summary>
internal sealed class PasswordRules : IPasswordValidator<AppUser>
{
    public const int LeastLength = 12;

    /// <summary>Hashing works on the whole text; without an end to it a sign-in form is a way to keep the processor busy.</summary>
    public const int GreatestLength = 256;

    public Task<IdentityResult> ValidateAsync(UserManager<AppUser> manager, AppUser user, string? password)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Task.FromResult(Judge(password ?? string.Empty, user) is { } fault
            ? IdentityResult.Failed(new IdentityError { Code = "WeakPassword", Description = fault })
            : IdentityResult.Success);
    }

    private static string? Judge(string password, AppUser user)
    {
        if (password.Length > GreatestLength)
        {
            return $"Use at most {GreatestLength} characters.";
        }

        if (KnownPasswords.Contains(password) || KnownPasswords.IsPattern(password))
        {
            return "This password is easy to guess. Three or four words that do not belong together are hard to guess and easy to remember.";
        }

        return string.Equals(password, user.Email, StringComparison.OrdinalIgnoreCase) || string.Equals(password, user.Name, StringComparison.OrdinalIgnoreCase)
            ? "Do not use your own name or address as the password."
            : null;
    }
}
