namespace Batchwork.Emulator.Faults.Answers;

/// <summary>Waits before the call is taken up.</summary>
internal sealed class DelayFault(TimeSpan delay) : IFault
{
    public async Task ApplyAsync(FaultyCall call)
    {
        await Task.Delay(delay, call.Real, call.Aborted);
        await call.NextAsync();
    }
}
