namespace Batchwork.Emulator.Ledger;

/// <summary>A running count of one operation.</summary>
internal sealed class OperationTally
{
    public long Seen { get; set; }

    public Dictionary<string, long> Answers { get; init; } = [];
}
