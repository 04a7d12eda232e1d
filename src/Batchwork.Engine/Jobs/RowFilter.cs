namespace Batchwork.Engine.Jobs;

/// <summary>Which rows of a job a table shows.</summary>
public sealed record RowFilter
{
    /// <summary>One ledger state, or <see langword="null"/> for all.</summary>
    public RowState? State { get; init; }

    /// <summary>Part of the id or the prompt, in any case.</summary>
    public string? Search { get; init; }

    /// <summary>Rows to leave out before the first.</summary>
    public int Offset { get; init; }

    /// <summary>Rows to read, at most 200.</summary>
    public int Count { get; init; } = 100;
}
