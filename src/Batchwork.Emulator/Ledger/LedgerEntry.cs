namespace Batchwork.Emulator.Ledger;

/// <summary>One accepted call. Written to disk before the call is answered.</summary>
public sealed record LedgerEntry
{
    /// <summary>Grows with every accepted call.</summary>
    public required long Sequence { get; init; }

    /// <summary>When, by the emulator's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What was accepted.</summary>
    public required LedgerKind Kind { get; init; }

    /// <summary>The operation, for example <c>openai.batches.create</c>.</summary>
    public string? Operation { get; init; }

    /// <summary>The id that was given: of the file or of the batch.</summary>
    public string? Id { get; init; }

    /// <summary>The input file of a batch.</summary>
    public string? FileId { get; init; }

    /// <summary>The name of the file; for a batch, of its input file.</summary>
    public string? Filename { get; init; }

    /// <summary>Bytes of the file.</summary>
    public long? Bytes { get; init; }

    /// <summary>Requests in the file.</summary>
    public int? Requests { get; init; }

    /// <summary>The batch's model, if its file names one.</summary>
    public string? Model { get; init; }

    /// <summary>The batch's endpoint.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The batch's metadata.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Tells keys apart without naming them: the first eight hex digits of the key's SHA-256.</summary>
    public string? Key { get; init; }

    /// <summary>Whether the batch will fail because its input is not valid; nothing is charged for it.</summary>
    public bool Invalid { get; init; }

    /// <summary>The id of the fault that made the emulator accept this on its own, see <c>accept-twice</c>.</summary>
    public string? Fault { get; init; }
}
