namespace Batchwork.Emulator.Faults;

/// <summary>Unwinds a call whose connection is to be cut. The cut itself comes last, after the call was counted.</summary>
internal sealed class CutException : Exception;
