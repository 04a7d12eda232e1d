namespace Batchwork.Engine.Jobs;

/// <summary>A row that ended badly, as far as its cause is concerned.</summary>
internal sealed record ProblemRow(
    RowState State,
    ResultOutcome? Outcome,
    string? Code,
    string? Message,
    DateTimeOffset? At,
    int Number,
    string CustomId,
    string Prompt);
