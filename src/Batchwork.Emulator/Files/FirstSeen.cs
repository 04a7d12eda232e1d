namespace Batchwork.Emulator.Files;

/// <summary>A value and the line it is met on first.</summary>
internal sealed record FirstSeen(string Value, int Line);
