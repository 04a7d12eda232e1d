namespace Batchwork.Emulator.Serving;

/// <summary>One page of a list.</summary>
/// <param name="Next">The token of the page behind it; null if it is the last.</param>
internal sealed record TokenPage<T>(IReadOnlyList<T> Entries, string? Next);
