namespace Batchwork.Testing.Adapters;

/// <summary>A batch that the fake provider accepted.</summary>
public sealed class FakeBatch
{
    public required string Id { get; init; }

    public required string? Tag { get; init; }

    public required string InputFileId { get; init; }

    public required IReadOnlyList<string> CustomIds { get; init; }

    public BatchStatus? Status { get; set; } = BatchStatus.Validating;

    public string? RawStatus { get; set; }

    public BatchRequestCounts Counts { get; set; } = BatchRequestCounts.None;

    public string? OutputFileId { get; set; }

    public string? ErrorFileId { get; set; }

    public IReadOnlyList<BatchError> Errors { get; set; } = [];

    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>Ends well, with an output file.</summary>
    public void Complete()
    {
        Status = BatchStatus.Completed;
        OutputFileId = "file-out";
        Counts = new BatchRequestCounts(CustomIds.Count, CustomIds.Count, 0);
    }

    public BatchSnapshot Snapshot() => new()
    {
        Id = Id,
        Provider = "openai",
        Status = Status,
        RawStatus = RawStatus ?? Status?.ToString(),
        RequestCounts = Counts,
        CreatedAt = CreatedAt,
        Metadata = Tag is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["bw_attempt"] = Tag },
        InputFileId = InputFileId,
        OutputFileId = OutputFileId,
        ErrorFileId = ErrorFileId,
        Errors = Errors,
    };
}
