using System.Text;
using Microsoft.AspNetCore.Connections.Features;

namespace Batchwork.Emulator.Faults.Answers;

/// <summary>Writes bytes past the server and cuts the connection (F54). In memory there is no wire: the connection is only cut.</summary>
internal sealed class RawFault(string answer) : IFault
{
    // A cut throws away what the server has not handed to the system yet, and the server does not tell when it has.
    private static readonly TimeSpan s_handOver = TimeSpan.FromMilliseconds(100);

    public async Task ApplyAsync(FaultyCall call)
    {
        if (call.Context.Features.Get<IConnectionTransportFeature>() is { } connection)
        {
            await connection.Transport.Output.WriteAsync(Encoding.ASCII.GetBytes(answer), call.Aborted);
            await Task.Delay(s_handOver, TimeProvider.System, call.Aborted);
        }

        throw new CutException();
    }
}
