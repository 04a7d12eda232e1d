namespace Batchwork.Emulator.Ledger;

/// <summary>The ledger in numbers.</summary>
/// <param name="Creates">Accepted paid creates.</param>
/// <param name="Uploads">Accepted uploads.</param>
/// <param name="Cancels">Accepted cancellations.</param>
/// <param name="UploadedBytes">Bytes of all uploads.</param>
/// <param name="CreatedRequests">Requests in all created batches.</param>
public sealed record LedgerTotals(int Creates, int Uploads, int Cancels, long UploadedBytes, long CreatedRequests)
{
    internal static LedgerTotals Of(IReadOnlyCollection<LedgerEntry> entries)
    {
        var creates = entries.Where(entry => entry.Kind == LedgerKind.Create).ToList();
        var uploads = entries.Where(entry => entry.Kind == LedgerKind.Upload).ToList();
        return new LedgerTotals(
            creates.Count,
            uploads.Count,
            entries.Count - creates.Count - uploads.Count,
            uploads.Sum(entry => entry.Bytes ?? 0),
            creates.Sum(entry => (long)(entry.Requests ?? 0)));
    }
}
