namespace Batchwork.Emulator.Faults;

/// <summary>Asks the operation itself to get something wrong.</summary>
internal sealed class TwistFault(Action<RequestTwists> twist) : IFault
{
    public Task ApplyAsync(FaultyCall call)
    {
        twist(call.Twists);
        return call.NextAsync();
    }
}
