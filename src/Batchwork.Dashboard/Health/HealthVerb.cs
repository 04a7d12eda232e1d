using Batchwork.Dashboard.Hosting;

namespace Batchwork.Dashboard.Health;

/// <summary><c>health</c>: asks the running instance, for containers and scripts. Exit code 0 when it lives.</summary>
internal static class HealthVerb
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(IConfiguration configuration, Terminal terminal, CancellationToken cancellationToken)
    {
        var address = new Uri(ServerAddress.Configured(configuration) + "/health");
        // Only this machine is asked, so its certificate may be one that nobody signed for the name localhost.
        using var handler = new HttpClientHandler { UseProxy = false, ServerCertificateCustomValidationCallback = (_, _, _, _) => address.IsLoopback };
        using var client = new HttpClient(handler) { Timeout = s_patience };
        try
        {
            using var answer = await client.GetAsync(address, cancellationToken);
            await terminal.Out.WriteLineAsync(answer.IsSuccessStatusCode ? "Healthy" : $"Unhealthy: {address} answers {(int)answer.StatusCode}.");
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            await terminal.Error.WriteLineAsync($"Unhealthy: {address} does not answer.");
            return 1;
        }
    }
}
