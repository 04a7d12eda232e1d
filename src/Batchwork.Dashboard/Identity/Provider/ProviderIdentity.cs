using System.Security.Claims;

namespace Batchwork.Dashboard.Identity.Provider;

/// <summary>Who somebody is at the sign-in provider.</summary>
/// <param name="Issuer">The provider, as it signs.</param>
/// <param name="Subject">The person there; it never changes and belongs to nobody else.</param>
/// <param name="Name">Their name.</param>
/// <param name="Email">Their address.</param>
/// <param name="IsEmailVerified">Whether the provider has seen that the address is theirs.</param>
/// <param name="Groups">Their groups.</param>
internal sealed record ProviderIdentity(string Issuer, string Subject, string Name, string? Email, bool IsEmailVerified, IReadOnlySet<string> Groups)
{
    public const string EmailVerifiedClaim = "email_verified";

    private const int LongestName = 100;

    /// <summary>Reads it from what the provider signed.</summary>
    /// <param name="user">The claims.</param>
    /// <param name="options">What the claims are called.</param>
    /// <returns>Who it is; <see langword="null"/> without issuer or subject.</returns>
    public static ProviderIdentity? Read(ClaimsPrincipal user, ProviderOptions options)
    {
        if (user.FindFirstValue("iss") is not { Length: > 0 } issuer || user.FindFirstValue("sub") is not { Length: > 0 } subject)
        {
            return null;
        }

        var email = user.FindFirstValue(options.EmailClaim)?.Trim();
        var name = user.FindFirstValue(options.NameClaim)?.Trim();
        if (string.IsNullOrEmpty(name))
        {
            name = email?.Split('@')[0] ?? subject;
        }

        // A second, contradicting claim (the token's and the user info's) counts as no.
        var verified = user.FindAll(EmailVerifiedClaim).ToList();
        return new ProviderIdentity(
            issuer,
            subject,
            name.Length > LongestName ? name[..LongestName] : name,
            string.IsNullOrEmpty(email) ? null : email,
            options.TrustEmail || (verified.Count > 0 && verified.TrueForAll(c => string.Equals(c.Value, "true", StringComparison.OrdinalIgnoreCase))),
            user.FindAll(options.GroupsClaim).Select(c => c.Value).ToHashSet(StringComparer.Ordinal));
    }
}
