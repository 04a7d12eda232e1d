using System.Security.Claims;
using Batchwork.Engine.Workspaces;

namespace Batchwork.Dashboard.Identity;

/// <summary>From where a request comes, and who sends it, as the engine wants to know it.</summary>
internal static class Origins
{
    private const int LongestDevice = 80;

    // The order matters: browsers carry the names of those they want to be taken for.
    private static readonly (string Mark, string Name)[] s_browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl")];

    private static readonly (string Mark, string Name)[] s_systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <summary>From where a request comes.</summary>
    /// <param name="context">The request.</param>
    /// <returns>Its address, and the browser and system it names.</returns>
    public static Origin Origin(this HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        return new Origin(address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4().ToString() : address?.ToString(), Device(context.Request.Headers.UserAgent.ToString()));
    }

    /// <summary>The person who is signed in.</summary>
    /// <param name="user">What the cookie says.</param>
    /// <param name="origin">From where they act.</param>
    /// <returns>The person.</returns>
    public static Person Person(this ClaimsPrincipal user, Origin? origin) => new(user.UserId(), user.DisplayName(), origin, user.SessionId())
    {
        HasSecondFactor = user.HasSecondFactor(),
    };

    internal static string? Device(string userAgent)
    {
        if (string.IsNullOrWhiteSpace(userAgent))
        {
            return null;
        }

        var browser = s_browsers.FirstOrDefault(b => userAgent.Contains(b.Mark, StringComparison.Ordinal)).Name;
        var system = s_systems.FirstOrDefault(s => userAgent.Contains(s.Mark, StringComparison.Ordinal)).Name;
        return (browser, system) switch
        {
            (null, null) => string.Concat(userAgent.Where(c => !char.IsControl(c)).Take(LongestDevice)),
            (null, _) => system,
            (_, null) => browser,
            _ => $"{browser} on {system}",
        };
    }
}
