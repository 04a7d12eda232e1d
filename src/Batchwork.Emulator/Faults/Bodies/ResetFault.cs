namespace Batchwork.Emulator.Faults.Bodies;

/// <summary>Cuts the connection after some bytes of the answer (F19).</summary>
internal sealed class ResetFault(long bytes) : IFault
{
    public Task ApplyAsync(FaultyCall call) =>
        Answer.ThroughAsync(call, new ShapedBody(call.Context.Response.Body, () => bytes, () =>
        {
            call.Cut();
            return Task.CompletedTask;
        }));
}
