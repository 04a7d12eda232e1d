namespace Batchwork.Engine.Jobs;

/// <summary>A result that belongs to no row.</summary>
/// <param name="CustomId">The id it came with; may be empty.</param>
/// <param name="Place">Where in the results it stands, for example <c>output:812</c>.</param>
/// <param name="Raw">What it says, cut at 1,000 characters.</param>
public sealed record UnmatchedExample(string CustomId, string Place, string? Raw);
