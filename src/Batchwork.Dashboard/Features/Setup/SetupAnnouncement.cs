using Batchwork.Dashboard.Hosting;
using Microsoft.AspNetCore.Hosting.Server;

namespace Batchwork.Dashboard.Features.Setup;

/// <summary>Tells the person at the terminal where to go on.</summary>
internal sealed class SetupAnnouncement(SetupService setup, SetupCode code, IServer server, Terminal terminal)
{
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (!await setup.IsDoneAsync(cancellationToken))
        {
            await terminal.Out.WriteLineAsync($"Set up: {ServerAddress.Of(server)}/setup?code={code.Value}");
            await terminal.Out.FlushAsync(cancellationToken);
        }
    }
}
