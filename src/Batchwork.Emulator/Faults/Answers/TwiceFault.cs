using Batchwork.Emulator.Faults.Bodies;

namespace Batchwork.Emulator.Faults.Answers;

/// <summary>
/// Carries the call out twice, as a provider does whose own retry goes wrong: two batches from one request (F16). The ledger names the
/// rule in the entry that nobody asked for.
/// </summary>
internal sealed class TwiceFault : IFault
{
    public async Task ApplyAsync(FaultyCall call)
    {
        call.Context.Request.EnableBuffering();
        call.Twists.AcceptedFor = call.RuleId;
        await Answer.DiscardAsync(call);
        call.Twists.AcceptedFor = null;
        call.Context.Request.Body.Position = 0;
        await call.NextAsync();
    }
}
