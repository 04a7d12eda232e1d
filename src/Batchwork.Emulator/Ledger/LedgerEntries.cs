using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Files;

namespace Batchwork.Emulator.Ledger;

/// <summary>The entries that follow from records.</summary>
internal static class LedgerEntries
{
    public static LedgerEntry For(FileRecord file) => new()
    {
        Sequence = file.Sequence,
        Time = file.CreatedAt,
        Kind = LedgerKind.Upload,
        Operation = $"{file.Provider}.files.upload",
        Id = file.Id,
        Filename = file.Filename,
        Bytes = file.Bytes,
        Requests = file.Input?.Requests,
        Key = file.Key,
    };

    public static LedgerEntry For(BatchRecord batch, FileRecord? input) => new()
    {
        Sequence = batch.Sequence,
        Time = batch.CreatedAt,
        Kind = LedgerKind.Create,
        Operation = $"{batch.Provider}.batches.create",
        Id = batch.Id,
        FileId = batch.InputFileId,
        Filename = input?.Filename,
        Bytes = input?.Bytes,
        Requests = batch.Requests,
        Model = batch.Model,
        Endpoint = batch.Endpoint,
        Metadata = batch.Metadata,
        Key = batch.Key,
        Invalid = batch.Problems.Count > 0,
        Fault = batch.AcceptedFor,
    };

    public static LedgerEntry ForCancel(BatchRecord batch) => new()
    {
        Sequence = batch.CancelSequence ?? throw new InvalidOperationException($"{batch.Id} was not cancelled."),
        Time = batch.CancelRequestedAt ?? batch.CreatedAt,
        Kind = LedgerKind.Cancel,
        Operation = $"{batch.Provider}.batches.cancel",
        Id = batch.Id,
        Metadata = batch.Metadata,
    };
}
