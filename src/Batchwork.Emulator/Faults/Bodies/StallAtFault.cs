namespace Batchwork.Emulator.Faults.Bodies;

/// <summary>Stops sending after some bytes, the connection staying open until the caller gives up (F18).</summary>
internal sealed class StallAtFault(long bytes) : IFault
{
    public Task ApplyAsync(FaultyCall call) =>
        Answer.ThroughAsync(
            call,
            new ShapedBody(call.Context.Response.Body, () => bytes, () => Task.Delay(Timeout.InfiniteTimeSpan, call.Real, call.Aborted)));
}
