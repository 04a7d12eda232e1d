using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Batchwork.CrashHarness.Processes;

/// <summary>The emulator as a process of its own, with its state on disk: the judge of what was paid. It can be killed and started again too.</summary>
internal sealed class EmulatorProcess : IAsyncDisposable
{
    private readonly string _folder;
    private readonly string _log;
    private readonly HttpClient _client;
    private Child? _child;

    public EmulatorProcess(string folder, string log)
    {
        _folder = folder;
        _log = log;
        Address = new Uri($"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}");
        // However busy the machine is: who waits for ever here is stopped by a person.
        _client = new HttpClient { BaseAddress = Address, Timeout = Timeout.InfiniteTimeSpan };
    }

    public Uri Address { get; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        string[] arguments = ["--urls", Address.ToString(), "--state", _folder, "--Emulator:Repeat", "16", "--Logging:LogLevel:Microsoft.Hosting.Lifetime", "Information"];
        _child = BuiltProgram.Start("Batchwork.Emulator", arguments, [], _log);
        _ = await _child.SaysAsync("Now listening on", cancellationToken) ?? throw new InvalidOperationException($"The emulator does not start, see {_log}.");
        await PutAsync(
            new
            {
                schedule = new { validating = "0s", shortestRun = "0s", longestRun = "1s", picturesPerSecond = 1000, finalizing = "0s", cancelling = "1s", window = "30d" },
            },
            cancellationToken);
    }

    /// <summary>Kills it as the app is killed, and takes it up from its state.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await _child!.DisposeAsync();
        await StartAsync(cancellationToken);
    }

    public async Task PutAsync(object settings, CancellationToken cancellationToken)
    {
        using var answer = await _client.PutAsJsonAsync("/_emulator/settings", settings, cancellationToken);
        await EnsureAsync(answer, cancellationToken);
    }

    /// <summary>Adds a fault, see docs/emulator.md.</summary>
    public async Task BreakAsync(object rule, CancellationToken cancellationToken)
    {
        using var answer = await _client.PostAsJsonAsync("/_emulator/faults", rule, cancellationToken);
        await EnsureAsync(answer, cancellationToken);
    }

    /// <summary>Takes all faults away.</summary>
    /// <returns>How often any of them struck.</returns>
    public async Task<int> MendAsync(CancellationToken cancellationToken)
    {
        var rules = await _client.GetFromJsonAsync<JsonElement>("/_emulator/faults", cancellationToken);
        using var answer = await _client.DeleteAsync(new Uri("/_emulator/faults", UriKind.Relative), cancellationToken);
        return rules.EnumerateArray().Sum(r => r.TryGetProperty("applied", out var applied) ? applied.GetInt32() : 0);
    }

    public Task<JsonElement> LedgerAsync(CancellationToken cancellationToken) => _client.GetFromJsonAsync<JsonElement>("/_emulator/ledger", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_child is not null)
        {
            await _child.DisposeAsync();
        }
    }

    private static async Task EnsureAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(await answer.Content.ReadAsStringAsync(cancellationToken));
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
