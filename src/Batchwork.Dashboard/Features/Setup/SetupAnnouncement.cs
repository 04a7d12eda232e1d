using Batchwork.Dashboard.Hosting;
using Batchwork.Dashboard.Identity;
using Microsoft.AspNetCore.Hosting.Server;

namespace Batchwork.Dashboard.Features.Setup;

/// <summary>Tells the person at the terminal where to go on, as soon as the server can be reached and its port is known.</summary>
internal sealed class SetupAnnouncement(FirstPerson firstPerson, SetupCode code, IServer server, Terminal terminal) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!await firstPerson.ExistsAsync(cancellationToken))
        {
            await terminal.Out.WriteLineAsync($"Set up: {ServerAddress.Of(server)}/setup?code={code.Value}");
            await terminal.Out.FlushAsync(cancellationToken);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
