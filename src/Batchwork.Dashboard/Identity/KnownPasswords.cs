using System.Collections.Frozen;

namespace Batchwork.Dashboard.Identity;

/// <summary>
/// Passwords of twelve characters and more that everybody tries first. They are built from what such passwords are made of, instead of kept as
/// a long list: with at least twelve characters asked for, nearly all of the usual lists is too short anyway.
/// </summary>
internal static class KnownPasswords
{
    private static readonly string[] s_words =
    [
        "password", "passwort", "passw0rd", "p@ssword", "p@ssw0rd", "administrator", "admin", "welcome", "letmein", "iloveyou", "qwerty", "qwertz",
        "azerty", "monkey", "dragon", "football", "baseball", "sunshine", "princess", "superman", "batman", "trustno1", "changeme", "secret",
        "master", "shadow", "michael", "starwars", "whatever", "computer", "internet", "batchwork", "dashboard", "studio",
    ];

    private static readonly string[] s_tails =
    [
        "", "1", "12", "123", "1234", "12345", "123456", "1234567", "12345678", "!", "1!", "123!", "1234!", "2024", "2025", "2026", "@123", "#123",
    ];

    private static readonly string[] s_keyboards =
    [
        "1234567890123456789012345678901234567890", "0987654321098765432109876543210987654321", "abcdefghijklmnopqrstuvwxyz",
        "zyxwvutsrqponmlkjihgfedcba", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm", "azertyuiopqsdfghjklmwxcvbn",
        "1qaz2wsx3edc4rfv5tgb6yhn", "q1w2e3r4t5y6u7i8o9p0", "1q2w3e4r5t6y7u8i9o0p", "correcthorsebatterystaple",
    ];

    private static readonly FrozenSet<string> s_known = Build().ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string password) => s_known.Contains(password);

    /// <summary>Whether a password is a few characters again and again, or a run over the keyboard.</summary>
    /// <param name="password">The password.</param>
    /// <returns><see langword="true"/> when it has such a shape.</returns>
    public static bool IsPattern(string password) =>
        Enumerable.Range(1, 4).Any(period => IsRepeated(password, period))
        || s_keyboards.Any(run => run.Contains(password, StringComparison.OrdinalIgnoreCase));

    private static bool IsRepeated(string password, int period)
    {
        for (var i = period; i < password.Length; i++)
        {
            if (char.ToUpperInvariant(password[i]) != char.ToUpperInvariant(password[i - period]))
            {
                return false;
            }
        }

        return password.Length >= period * 2;
    }

    private static IEnumerable<string> Build()
    {
        foreach (var first in s_words)
        {
            foreach (var tail in s_tails)
            {
                yield return first + tail;
                foreach (var second in s_words)
                {
                    yield return first + second + tail;
                }
            }
        }
    }
}
