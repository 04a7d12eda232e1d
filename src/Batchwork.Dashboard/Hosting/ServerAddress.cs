using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Batchwork.Dashboard.Hosting;

/// <summary>Under which address a person on this machine reaches the running server.</summary>
internal static class ServerAddress
{
    public static string Of(IServer server) =>
        ForPeople(server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? HostDefaults.DefaultUrl);

    /// <summary>Makes an address that is listened on into one that can be opened: "every address" cannot.</summary>
    /// <param name="bound">For example <c>http://[::]:8080</c>, <c>http://*:80</c>.</param>
    /// <returns>For example <c>http://localhost:8080</c>, without a slash at the end.</returns>
    public static string ForPeople(string bound)
    {
        var address = BindingAddress.Parse(bound);
        var host = address.Host is "0.0.0.0" or "[::]" or "*" or "+" ? "localhost" : address.Host;
        return new UriBuilder(address.Scheme, host, address.Port).Uri.GetLeftPart(UriPartial.Authority);
    }
}
