namespace Batchwork.Engine.Drafts;

/// <summary>A window of a draft's rows.</summary>
/// <param name="Total">How many rows there are under the filter.</param>
/// <param name="Rows">The rows of the window.</param>
public sealed record DraftRows(int Total, IReadOnlyList<DraftRow> Rows);
