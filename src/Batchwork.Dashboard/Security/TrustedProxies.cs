using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Batchwork.Dashboard.Security;

/// <summary>Believes forwarded headers from the proxies in the settings and from nobody else.</summary>
internal sealed class TrustedProxies : IValidateOptions<SecurityOptions>
{
    public static void Apply(ForwardedHeadersOptions headers, SecurityOptions security)
    {
        headers.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        // The defaults believe every process on this machine.
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        foreach (var entry in Entries(security))
        {
            if (TryRead(entry, out var network))
            {
                headers.KnownIPNetworks.Add(network);
            }
        }
    }

    public ValidateOptionsResult Validate(string? name, SecurityOptions options)
    {
        var faults = Entries(options)
            .Where(entry => !TryRead(entry, out _))
            .Select(entry => $"Batchwork:TrustedProxies: '{entry}' is neither an address nor a network such as 172.16.0.0/12.")
            .ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static string[] Entries(SecurityOptions security) =>
        (security.TrustedProxies ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static bool TryRead(string entry, out IPNetwork network)
    {
        if (IPAddress.TryParse(entry, out var address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(entry, out network);
    }
}
