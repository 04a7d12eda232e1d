namespace Batchwork.Emulator.Faults.Answers;

/// <summary>Never answers; the connection stays open until the caller gives up (F06, F18).</summary>
internal sealed class StallFault : IFault
{
    public Task ApplyAsync(FaultyCall call) => Task.Delay(Timeout.InfiniteTimeSpan, call.Real, call.Aborted);
}
