using System.Net;
using Batchwork.Http;

namespace Batchwork.Engine.Connections;

/// <summary>
/// Judges a base URL as it is written, so that a mistake is told at once. It is no protection: a name may lead anywhere, so the library judges the
/// connected address again at each call.
/// </summary>
internal static class BaseUrlRules
{
    private static readonly AddressPolicy s_publicOnly = new(allowPrivateAddresses: false);

    /// <summary>Checks an address.</summary>
    /// <param name="text">As the person wrote it.</param>
    /// <param name="publicBaseUrl">The provider's own address.</param>
    /// <param name="allowPrivate">Whether loopback and private addresses are allowed.</param>
    /// <returns>The address to keep, <see langword="null"/> for the provider's own; or what is wrong.</returns>
    public static (string? Url, string? Fault) Check(string? text, string publicBaseUrl, bool allowPrivate)
    {
        var trimmed = text?.Trim().TrimEnd('/');
        if (string.IsNullOrEmpty(trimmed) || string.Equals(trimmed, publicBaseUrl.TrimEnd('/'), StringComparison.OrdinalIgnoreCase))
        {
            return (null, null);
        }

        if (!Uri.TryCreate(trimmed, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.Host.Length == 0)
        {
            return (null, $"This is not a web address. It looks like {publicBaseUrl}");
        }

        if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            return (null, "Leave out names, passwords, and everything from a ? or # on.");
        }

        var isPrivate = IsPrivate(url);
        return isPrivate && !allowPrivate
            ? (null, "This address is in a private network. Whoever runs this server can allow that with the setting Batchwork__AllowPrivateAddresses=true.")
            : !isPrivate && url.Scheme == "http"
            ? (null, "Use https: over http everybody on the way can read the key.")
            : (url.ToString().TrimEnd('/'), null);
    }

    // Uri has brought all written forms (127.1, 2130706433, 0x7f.0.0.1, full-width digits) into the usual one in IdnHost.
    private static bool IsPrivate(Uri url)
    {
        var host = url.IdnHost.TrimEnd('.');
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
        {
            return !s_publicOnly.Allows(address);
        }

        return !host.Contains('.', StringComparison.Ordinal)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".local", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".internal", StringComparison.OrdinalIgnoreCase);
    }
}
