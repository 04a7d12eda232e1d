namespace Batchwork;

/// <summary>A place between two results.</summary>
/// <param name="Source">Which source: <c>output</c> or <c>error</c> (files), <c>pages</c>, <c>inline</c>.</param>
/// <param name="SourceId">The file's id, or the token of the page.</param>
/// <param name="Offset">Bytes (files) or results (pages) before this place.</param>
/// <param name="Line">Lines or results before this place.</param>
public sealed record ResultPosition(string Source, string? SourceId, long Offset, long Line);
