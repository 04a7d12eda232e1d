namespace Batchwork.CrashHarness.Judging;

/// <summary>What the harness looks for.</summary>
internal sealed class BrokenPromiseException(string message) : Exception(message);
