namespace Batchwork;

/// <summary>A result whose pictures were saved to a folder.</summary>
/// <param name="Result">The result.</param>
/// <param name="Files">The files, one a picture that came with data; empty when it has none.</param>
public sealed record SavedResult(BatchResult Result, IReadOnlyList<string> Files);
