using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Batchwork.Dashboard.Hosting;

/// <summary>Under which address a person on this machine reaches the server.</summary>
internal static class ServerAddress
{
    /// <summary>The address of the running server, with the port it really got.</summary>
    /// <param name="server">The server.</param>
    /// <returns>For example <c>http://localhost:5080</c>, without a slash at the end.</returns>
    public static string Of(IServer server) =>
        ForPeople(server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? HostDefaults.DefaultUrl);

    /// <summary>The address that the settings give a server, running or not.</summary>
    /// <param name="configuration">The settings.</param>
    /// <returns>An address as <see cref="Of"/> gives it; one over plain http if there is any.</returns>
    public static string Configured(IConfiguration configuration)
    {
        var addresses = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"]).OfType<string>().ToList();
        if (addresses.Count == 0)
        {
            addresses.AddRange(Split(configuration["urls"]));
        }

        if (addresses.Count == 0)
        {
            addresses.AddRange(Split(configuration["http_ports"]).Select(port => $"http://*:{port}"));
            addresses.AddRange(Split(configuration["https_ports"]).Select(port => $"https://*:{port}"));
        }

        return ForPeople(addresses.Find(a => a.StartsWith("http:", StringComparison.OrdinalIgnoreCase)) ?? addresses.FirstOrDefault() ?? HostDefaults.DefaultUrl);
    }

    /// <summary>Makes an address that is listened on into one that can be opened: "every address" cannot.</summary>
    /// <param name="bound">For example <c>http://[::]:8080</c> or <c>http://*:80</c>.</param>
    /// <returns>For example <c>http://localhost:8080</c>.</returns>
    public static string ForPeople(string bound)
    {
        var address = BindingAddress.Parse(bound);
        var host = address.Host is "0.0.0.0" or "[::]" or "*" or "+" ? "localhost" : address.Host;
        return new UriBuilder(address.Scheme, host, address.Port).Uri.GetLeftPart(UriPartial.Authority);
    }

    private static string[] Split(string? list) =>
        (list ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
