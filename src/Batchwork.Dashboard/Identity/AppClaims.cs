using System.Security.Claims;

namespace Batchwork.Dashboard.Identity;

/// <summary>What the sign-in cookie says about a person.</summary>
internal static class AppClaims
{
    public const string Name = "bw:name";

    public const string IsAdministrator = "bw:administrator";

    public static string UserId(this ClaimsPrincipal user) =>
        user.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("Nobody is signed in.");

    public static string DisplayName(this ClaimsPrincipal user) => user.FindFirstValue(Name) ?? user.Identity?.Name ?? "?";
}
