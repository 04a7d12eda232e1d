using System.Net;

namespace Batchwork.Dashboard.Identity;

internal static class Loopback
{
    /// <summary>Whether a request never left this machine, so that nobody on a network can have read it.</summary>
    /// <param name="request">The request.</param>
    /// <returns><see langword="true"/> for loopback addresses.</returns>
    public static bool IsLoopback(this HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);
}
