using System.Runtime.InteropServices;

namespace Batchwork.Emulator.Files;

/// <summary>
/// Where a request lies in its file and what is known of it: 24 bytes, so that 50,000 requests need little more than a megabyte.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct InputLine(
    long Offset, int Length, LineOutcome Outcome, byte Pictures, ushort Reserved, int InputTokens, int OutputTokens);
