using Batchwork.Emulator.Faults.Bodies;

namespace Batchwork.Emulator.Faults.Answers;

/// <summary>Carries the call out, ledger and all, keeps the answer to itself and lets the caller have something else (F13, F14).</summary>
internal sealed class AfterwardsFault(IFault instead) : IFault
{
    public async Task ApplyAsync(FaultyCall call)
    {
        await Answer.DiscardAsync(call);
        await instead.ApplyAsync(call with { NextAsync = () => Task.CompletedTask });
    }
}
