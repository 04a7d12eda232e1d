namespace Batchwork.Emulator.Ledger;

/// <summary>The ledger in numbers.</summary>
/// <param name="Creates">Accepted paid creates.</param>
/// <param name="Uploads">Accepted uploads.</param>
/// <param name="Cancels">Accepted cancellations.</param>
/// <param name="UploadedBytes">Bytes of all uploads.</param>
/// <param name="CreatedRequests">Requests in all created batches.</param>
public sealed record LedgerTotals(int Creates, int Uploads, int Cancels, long UploadedBytes, long CreatedRequests);
