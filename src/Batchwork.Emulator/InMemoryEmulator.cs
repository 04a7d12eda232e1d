using System.Net;
using Batchwork.Emulator.Clock;
using Batchwork.Emulator.Faults;
using Batchwork.Emulator.Ledger;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging.Abstractions;

namespace Batchwork.Emulator;

/// <summary>
/// An emulator inside the process that is reached without a socket: through <see cref="CreateHandler"/> by an ordinary
/// <see cref="HttpClient"/>. For tests, and for the dashboard's Demo connection.
/// </summary>
public sealed class InMemoryEmulator : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TestServer _server;

    private InMemoryEmulator(WebApplication app)
    {
        _app = app;
        _server = app.GetTestServer();
        _server.BaseAddress = BaseAddress;
    }

    /// <summary>The address its handler answers at; the control endpoints are at <c>/_emulator</c> below it.</summary>
    public Uri BaseAddress { get; } = new("http://localhost/");

    /// <summary>The base URL for a client of OpenAI's API.</summary>
    public Uri OpenAI => new(BaseAddress, "openai/v1");

    /// <summary>The base URL for a client of Google's API.</summary>
    public Uri Google => new(BaseAddress, "google/v1beta");

    /// <summary>The base URL for a client of xAI's API.</summary>
    public Uri XAI => new(BaseAddress, "xai/v1");

    /// <summary>Everything that was accepted.</summary>
    public EmulatorLedger Ledger => _app.Services.GetRequiredService<EmulatorLedger>();

    /// <summary>What shall go wrong.</summary>
    public FaultScript Faults => _app.Services.GetRequiredService<FaultScript>();

    /// <summary>Its time.</summary>
    public EmulatorClock Clock => _app.Services.GetRequiredService<EmulatorClock>();

    /// <summary>Starts an emulator.</summary>
    /// <param name="settings">How it behaves.</param>
    /// <param name="time">The time its clock starts from; the system's if null. Delays on the wire take this time too.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The emulator; whoever started it disposes of it.</returns>
    public static Task<InMemoryEmulator> StartAsync(EmulatorSettings settings, TimeProvider? time, CancellationToken cancellationToken) =>
        StartAsync(settings, time, NullLoggerFactory.Instance, cancellationToken);

    /// <summary>Starts an emulator that says in the application's log what went wrong inside it.</summary>
    /// <param name="settings">How it behaves.</param>
    /// <param name="time">The time its clock starts from; the system's if null.</param>
    /// <param name="loggers">Where it logs.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The emulator; whoever started it disposes of it.</returns>
    public static async Task<InMemoryEmulator> StartAsync(
        EmulatorSettings settings, TimeProvider? time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(loggers);

        // Empty: neither the configuration files nor the environment of the application around it are meant for the emulator.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddEmulator(settings with { });
        var app = builder.Build();
        try
        {
            // Whoever holds the handler is in this process.
            app.Use((context, next) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Loopback;
                return next(context);
            });
            app.UseRouting();
            app.MapEmulator();
            app.UseEndpoints(_ => { });
            await app.StartAsync(cancellationToken);
            return new InMemoryEmulator(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Creates a handler that sends requests to the emulator. Any number of clients may use their own.</summary>
    public HttpMessageHandler CreateHandler() => _server.CreateHandler();

    /// <summary>Stops the emulator. With a state folder, another one goes on where this one stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
