using Microsoft.AspNetCore.Connections.Features;

namespace Batchwork.Emulator.Faults.Bodies;

/// <summary>Cuts the connection after some bytes of the answer (F19).</summary>
internal sealed class ResetFault(long bytes) : IFault
{
    // A reset throws away what the server has not handed to the system yet, and the server does not tell when it has.
    private static readonly TimeSpan s_handOver = TimeSpan.FromMilliseconds(100);

    public Task ApplyAsync(FaultyCall call) =>
        Answer.ThroughAsync(call, new ShapedBody(call.Context.Response.Body, () => bytes, async () =>
        {
            if (call.Context.Features.Get<IConnectionSocketFeature>() is not null)
            {
                await Task.Delay(s_handOver, TimeProvider.System, call.Aborted);
            }

            throw new CutException();
        }));
}
