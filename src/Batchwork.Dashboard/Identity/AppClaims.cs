using System.Security.Claims;

namespace Batchwork.Dashboard.Identity;

/// <summary>What the sign-in cookie says about a person.</summary>
internal static class AppClaims
{
    public const string Name = "bw:name";

    public const string IsAdministratorType = "bw:administrator";

    /// <summary>The session's row.</summary>
    public const string Session = "bw:session";

    /// <summary>How the person signed in, only while they do.</summary>
    public const string Method = "bw:method";

    /// <summary>Whether the person signed in with more than a password.</summary>
    public const string SecondFactor = "bw:second-factor";

    public static string UserId(this ClaimsPrincipal user) =>
        user.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>Whether they run the installation, by their cookie: the database has the last word.</summary>
    public static bool IsAdministrator(this ClaimsPrincipal user) => user.HasClaim(IsAdministratorType, "true");

    /// <summary>Whether the person signed in with more than a password.</summary>
    public static bool HasSecondFactor(this ClaimsPrincipal user) => user.HasClaim(SecondFactor, "true");

    public static string DisplayName(this ClaimsPrincipal user) => user.FindFirstValue(Name) ?? user.Identity?.Name ?? "?";

    public static Guid? SessionId(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(Session), out var id) ? id : null;
}
