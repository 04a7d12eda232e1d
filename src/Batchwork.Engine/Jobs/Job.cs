namespace Batchwork.Engine.Jobs;

/// <summary>What a person submitted. Its rows and settings are frozen when it is made.</summary>
public sealed class Job
{
    public required Guid Id { get; init; }

    public required Guid WorkspaceId { get; init; }

    /// <summary>The draft it was made of; unique, so that a draft becomes one job.</summary>
    public required Guid DraftId { get; init; }

    public required string Name { get; set; }

    public required Guid ConnectionId { get; init; }

    public required string Provider { get; init; }

    /// <summary>The provider's name of the model.</summary>
    public required string Model { get; init; }

    public required bool IsDemo { get; init; }

    public required ImageDefaults Defaults { get; init; }

    public required string CreatedBy { get; init; }

    public required string CreatedByName { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required JobState State { get; set; }

    /// <summary>Why it is where it is, for people: what it waits for, or what it needs.</summary>
    public string? Reason { get; set; }

    /// <summary>Rows that were requested: all but the skipped ones.</summary>
    public required int RequestedRows { get; init; }

    public required long RequestedImages { get; init; }

    /// <summary>What it was estimated to cost when it was submitted.</summary>
    public required JobEstimate Estimate { get; init; }

    /// <summary>What the model's tokens cost when it was submitted; <see langword="null"/> when that was not known. Its real cost is counted with these.</summary>
    public TokenPrices? TokenPrices { get; init; }

    /// <summary>Which try of its rows is the latest; 1 until something is retried.</summary>
    public int Tries { get; set; } = 1;

    public DateTimeOffset? CancelRequestedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>Counts changes; a page that holds an older one reads again.</summary>
    public long Version { get; set; }
}
