using Microsoft.AspNetCore.Connections.Features;

namespace Batchwork.Emulator.Faults.Answers;

/// <summary>
/// Ends the connection in order, without an answer: the caller sees its end where <see cref="DropFault"/> shows a reset (F14).
/// </summary>
internal sealed class CloseFault : IFault
{
    // Before the cut behind it, which would overtake it.
    private static readonly TimeSpan s_handOver = TimeSpan.FromMilliseconds(100);

    public async Task ApplyAsync(FaultyCall call)
    {
        if (call.Context.Features.Get<IConnectionTransportFeature>() is { } connection)
        {
            await connection.Transport.Output.CompleteAsync();
            await Task.Delay(s_handOver, TimeProvider.System, CancellationToken.None);
        }

        throw new CutException();
    }
}
