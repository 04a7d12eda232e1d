using Microsoft.AspNetCore.Identity;

namespace Batchwork.Dashboard.Identity;

/// <summary>Refuses long passwords that are guessed all the same: well-known ones, simple patterns, the person's own address.</summary>
internal sealed class PasswordRules : IPasswordValidator<AppUser>
{
    public const int LeastLength = 12;

    /// <summary>Hashing works on the whole text; without an end to it a sign-in form is a way to keep the processor busy.</summary>
    public const int GreatestLength = 256;

    private const int LeastWord = 3;
    private const int LeastLettersOfTheirOwn = 4;

    private static readonly string[] s_ownWords = ["batchwork", "dashboard", "studio"];

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

        return string.Equals(password, user.Email, StringComparison.OrdinalIgnoreCase) || IsMadeOf(password, WordsAround(user))
            ? "Do not make the password of your own name or address, or of Batchwork's."
            : null;
    }

    /// <summary>The words that whoever knows the person and this site tries first; <c>docs/security/decisions.md</c> lists them.</summary>
    private static IEnumerable<string> WordsAround(AppUser user) =>
        Parts(user.Name).Concat(Parts(user.Email)).Concat(s_ownWords).Where(w => w.Length >= LeastWord).OrderByDescending(w => w.Length);

    private static string[] Parts(string? text)
    {
        var parts = new string([.. (text ?? string.Empty).Select(c => char.IsLetter(c) ? c : ' ')]);
        return parts.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Whether so little is left without the words that digits and marks were all that was added.</summary>
    private static bool IsMadeOf(string password, IEnumerable<string> words)
    {
        var rest = words.Aggregate(password, (left, word) => left.Replace(word, string.Empty, StringComparison.OrdinalIgnoreCase));
        return rest.Length < password.Length && rest.Count(char.IsLetter) < LeastLettersOfTheirOwn;
    }
}
