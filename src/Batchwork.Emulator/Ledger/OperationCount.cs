namespace Batchwork.Emulator.Ledger;

/// <summary>How often an operation was asked for, whatever came of it.</summary>
/// <param name="Seen">Requests that arrived.</param>
/// <param name="Answers">How they ended: by status code, or <c>aborted</c> when the connection was cut.</param>
public sealed record OperationCount(long Seen, IReadOnlyDictionary<string, long> Answers);
