using System.Security.Claims;

namespace Batchwork.Dashboard.Identity;

/// <summary>What the sign-in cookie says about a person.</summary>
internal static class AppClaims
{
    public const string Name = "bw:name";

    public const string IsAdministratorType = "bw:administrator";

    public static string UserId(this ClaimsPrincipal user) =>
        user.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>Whether they run the installation, by their cookie: the database has the last word.</summary>
    public static bool IsAdministrator(this ClaimsPrincipal user) => user.HasClaim(IsAdministratorType, "true");

    public static string DisplayName(this ClaimsPrincipal user) => user.FindFirstValue(Name) ?? user.Identity?.Name ?? "?";
}
