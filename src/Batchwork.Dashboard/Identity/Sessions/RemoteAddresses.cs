namespace Batchwork.Dashboard.Identity.Sessions;

internal static class RemoteAddresses
{
    /// <summary>The network address a request comes from, as people write it.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The address.</returns>
    public static string? RemoteAddress(this HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        return (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
    }
}
