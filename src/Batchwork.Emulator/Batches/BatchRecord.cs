using Batchwork.Emulator.Files;

namespace Batchwork.Emulator.Batches;

/// <summary>
/// A batch as it is kept on disk: everything its status, its counts and its results to the byte follow from, together with the clock.
/// </summary>
internal sealed record BatchRecord
{
    public required string Id { get; init; }

    public required long Sequence { get; init; }

    public required string Provider { get; init; }

    public required string InputFileId { get; init; }

    /// <summary>Whether the requests came within the create: their answers keep the order of the questions.</summary>
    public bool IsInline { get; init; }

    /// <summary>How results are handed out, where a provider has several ways.</summary>
    public string? ResultsAs { get; init; }

    /// <summary>Where its pictures are hosted, if they are.</summary>
    public string? PicturesAt { get; init; }

    /// <summary>When its owner removed it from sight.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    public required string Endpoint { get; init; }

    public string? Model { get; init; }

    /// <summary>What the caller gave along, as it is written on the wire.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>The key it was created with, as in the ledger.</summary>
    public string? Key { get; init; }

    /// <summary>The fault that made the emulator create it unasked.</summary>
    public string? AcceptedFor { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on lists show it.</summary>
    public required DateTimeOffset ListedAt { get; init; }

    public required BatchSchedule Schedule { get; init; }

    /// <summary>Requests in the input.</summary>
    public required int Requests { get; init; }

    /// <summary>Pictures asked for.</summary>
    public required long Pictures { get; init; }

    /// <summary>Requests that only the end of the window ends.</summary>
    public required int NeverEnding { get; init; }

    /// <summary>Why the input is not valid; empty if it is.</summary>
    public IReadOnlyList<InputProblem> Problems { get; init; } = [];

    public required long Seed { get; init; }

    public required int Repeat { get; init; }

    public required string OutputFormat { get; init; }

    /// <summary>How long result files live.</summary>
    public required TimeSpan ResultsLive { get; init; }

    /// <summary>Requests, by number, that would fail once and have done so in an earlier batch.</summary>
    public ISet<int> Settled { get; init; } = new HashSet<int>();

    /// <summary>Lines of the result files that come out broken.</summary>
    public IReadOnlyList<LineFault> LineFaults { get; init; } = [];

    public DateTimeOffset? CancelRequestedAt { get; init; }

    public long? CancelSequence { get; init; }

    /// <summary>The result files, once they are made.</summary>
    public BatchResults? Results { get; init; }

    public string OutputFileId => Results?.OutputFileId ?? $"file-{Id[^32..]}o";

    public string ErrorFileId => Results?.ErrorFileId ?? $"file-{Id[^32..]}e";
}
