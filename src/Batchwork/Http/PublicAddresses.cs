using System.Net;
using System.Net.Sockets;

namespace Batchwork.Http;

/// <summary>Tells addresses of the public internet from all others (IANA's special-purpose registries, RFC 6890).</summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] s_specialV4 =
    [
        IPNetwork.Parse("0.0.0.0/8"), // "this network": reaches the machine itself on Linux
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"), // carriers' own addresses
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"), // link-local, with the clouds' metadata services
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.0.0.0/24"),
        IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("192.88.99.0/24"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"),
        IPNetwork.Parse("224.0.0.0/4"), // multicast
        IPNetwork.Parse("240.0.0.0/4"), // reserved, and broadcast
    ];

    // Within 2000::/3, the only block of IPv6 that is handed out.
    private static readonly IPNetwork[] s_specialV6 =
    [
        IPNetwork.Parse("2001::/23"), // protocol assignments, Teredo
        IPNetwork.Parse("2001:db8::/32"),
        IPNetwork.Parse("2002::/16"), // 6to4: carries an IPv4 address of the sender's choice
        IPNetwork.Parse("3fff::/20"),
    ];

    private static readonly IPNetwork s_global = IPNetwork.Parse("2000::/3");

    // NAT64: on networks without IPv4 every public IPv4 address looks like this, so the one inside is judged.
    private static readonly IPNetwork s_nat64 = IPNetwork.Parse("64:ff9b::/96");

    public static bool Contains(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }
        else if (s_nat64.Contains(address))
        {
            address = new IPAddress(address.GetAddressBytes().AsSpan(12));
        }

        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !Array.Exists(s_specialV4, n => n.Contains(address)),
            AddressFamily.InterNetworkV6 => s_global.Contains(address) && !Array.Exists(s_specialV6, n => n.Contains(address)),
            _ => false,
        };
    }
}
