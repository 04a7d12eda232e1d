using System.Net;

namespace Batchwork.Engine.Connections;

internal static class SpecialAddresses
{
    public static bool IsPublic(IPAddress address) => !IPAddress.IsLoopback(address);
}
