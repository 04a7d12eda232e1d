namespace Batchwork.Emulator.Ledger;

/// <summary>The ledger at one moment.</summary>
/// <param name="Totals">The numbers.</param>
/// <param name="Providers">The numbers of each provider that accepted something.</param>
/// <param name="Entries">All accepted calls, in order.</param>
/// <param name="Requests">All requests seen, by operation.</param>
public sealed record LedgerReport(
    LedgerTotals Totals,
    IReadOnlyDictionary<string, LedgerTotals> Providers,
    IReadOnlyList<LedgerEntry> Entries,
    IReadOnlyDictionary<string, OperationCount> Requests);
