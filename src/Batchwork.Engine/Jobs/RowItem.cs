namespace Batchwork.Engine.Jobs;

/// <summary>A row of a job in a table.</summary>
public sealed record RowItem
{
    public required Guid Id { get; init; }

    public required int Index { get; init; }

    /// <summary>The row's number as the person's own program shows it.</summary>
    public required int Number { get; init; }

    public required string CustomId { get; init; }

    /// <summary>The prompt, cut at 300 characters.</summary>
    public required string Prompt { get; init; }

    public required RowState State { get; init; }

    /// <summary>Whether its batch exists at the provider.</summary>
    public required bool IsSent { get; init; }

    public required int StoredImages { get; init; }

    public required int RequestedImages { get; init; }

    public required int TryNumber { get; init; }

    public required ResultOutcome? Outcome { get; init; }

    public required string? ErrorCode { get; init; }

    /// <summary>What went wrong, for people, cut at 500 characters.</summary>
    public required string? ErrorMessage { get; init; }
}
