using Batchwork.Engine.Jobs;

namespace Batchwork.Dashboard.Shared;

/// <summary>One slice of a ledger's bar: rows that are shown alike.</summary>
/// <param name="Tone">Its colour and pattern in <c>tokens.css</c>.</param>
/// <param name="Word">What the rows are, after their number: "3,120 stored".</param>
/// <param name="Rows">How many.</param>
/// <param name="State">The state under which the rows are found.</param>
public sealed record LedgerSlice(string Tone, string Word, int Rows, RowState State)
{
    /// <summary>The slices of a ledger that are not empty: what is done, what goes on, what went wrong.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <returns>The slices in the order of the bar.</returns>
    public static IReadOnlyList<LedgerSlice> Of(JobLedger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        LedgerSlice[] all =
        [
            new("stored", "stored", ledger.Stored, RowState.Stored),
            new("partial", "partial", ledger.Partial, RowState.Partial),
            new("running", "done at provider", ledger.DoneAtProvider, RowState.Waiting),
            new("waiting", "waiting", ledger.Waiting - ledger.DoneAtProvider, RowState.Waiting),
            new("cancelled", "cancelled", ledger.Cancelled, RowState.Cancelled),
            new("expired", "expired", ledger.Expired, RowState.Expired),
            new("missing", "missing", ledger.Missing, RowState.Missing),
            new("refused", "refused", ledger.Refused, RowState.Refused),
            new("failed", "failed", ledger.Failed, RowState.Failed),
        ];
        return [.. all.Where(s => s.Rows > 0)];
    }
}
