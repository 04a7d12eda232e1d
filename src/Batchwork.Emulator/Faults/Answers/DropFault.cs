namespace Batchwork.Emulator.Faults.Answers;

/// <summary>Cuts the connection without an answer (F14).</summary>
internal sealed class DropFault : IFault
{
    public Task ApplyAsync(FaultyCall call) => throw new CutException();
}
