using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Batchwork.Dashboard.Identity;

/// <summary>Checks an address and a password. Whoever tries cannot tell an unknown address from a wrong password, by the answer or by the time it takes.</summary>
internal sealed class SignInService(SignInManager<AppUser> signIn, UserManager<AppUser> users, IPasswordHasher<AppUser> hasher)
{
    // The hash of something nobody knows: checking a password against it takes as long as checking it against a real one.
    private static readonly Lazy<string> s_nobodysHash = new(() => new PasswordHasher<AppUser>(Options.Create(IdentityServices.Hashing))
        .HashPassword(Nobody(), Convert.ToHexString(RandomNumberGenerator.GetBytes(32))));

    /// <summary>Signs a person in when address and password fit.</summary>
    /// <param name="email">The address.</param>
    /// <param name="password">The password.</param>
    /// <returns><see langword="true"/> when the person is signed in.</returns>
    public async Task<bool> TryAsync(string email, string password)
    {
        if (password.Length > PasswordRules.GreatestLength)
        {
            return false;
        }

        var user = await users.FindByEmailAsync(email);
        if (user is null || await users.IsLockedOutAsync(user))
        {
            hasher.VerifyHashedPassword(Nobody(), s_nobodysHash.Value, password);
            return false;
        }

        var result = await signIn.PasswordSignInAsync(user, password, isPersistent: true, lockoutOnFailure: true);
        return result.Succeeded;
    }

    private static AppUser Nobody() => new() { Name = string.Empty, CreatedAt = DateTimeOffset.UnixEpoch };
}
