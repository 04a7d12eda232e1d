namespace Batchwork.Engine.Jobs;

/// <summary>One row of a job: what was asked and how it ended.</summary>
public sealed class JobRow
{
    public required Guid Id { get; init; }

    public required Guid WorkspaceId { get; init; }

    public required Guid JobId { get; init; }

    /// <summary>Position in the job, from 0: the order of the sheet.</summary>
    public required int Index { get; init; }

    /// <summary>The row's number as the person's own program shows it.</summary>
    public required int Number { get; init; }

    /// <summary>The id under which its result comes back, unique in the job.</summary>
    public required string CustomId { get; init; }

    public required string Prompt { get; init; }

    /// <summary>The row's own values; prompt and id stand beside it.</summary>
    public required ImageDefaults Own { get; init; }

    /// <summary>Columns of the sheet that fill no field.</summary>
    public IReadOnlyDictionary<string, string>? Extra { get; init; }

    /// <summary>What tells it apart from other requests: equal keys are equal effective requests to the same model; see <see cref="Jobs.RequestKey"/>.</summary>
    public string? RequestKey { get; init; }

    /// <summary>The row whose pictures it uses, when a person chose not to pay again for the same request.</summary>
    public Guid? ReusedFrom { get; set; }

    /// <summary>Images that were asked for.</summary>
    public required int RequestedImages { get; init; }

    /// <summary>What one try of it was estimated to cost when the job was submitted; <see langword="null"/> when no price was known. Held until it is settled.</summary>
    public long? EstimateMicroUsd { get; init; }

    public RowState State { get; set; }

    /// <summary>Images on our disk.</summary>
    public int StoredImages { get; set; }

    /// <summary>Which try this row is at, from 1.</summary>
    public int TryNumber { get; set; } = 1;

    /// <summary>The part it was last sent with; <see langword="null"/> for skipped rows.</summary>
    public Guid? PartId { get; set; }

    /// <summary>What its last result means; tells failures that can be retried from those that need a change.</summary>
    public ResultOutcome? Outcome { get; set; }

    /// <summary>The provider's code of what went wrong.</summary>
    public string? ErrorCode { get; set; }

    /// <summary>What went wrong, for people.</summary>
    public string? ErrorMessage { get; set; }

    /// <summary>The prompt as the provider changed it.</summary>
    public string? RevisedPrompt { get; set; }

    public BatchUsage? Usage { get; set; }

    public DateTimeOffset? AnsweredAt { get; set; }
}
