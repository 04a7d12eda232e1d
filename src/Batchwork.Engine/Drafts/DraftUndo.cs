namespace Batchwork.Engine.Drafts;

/// <summary>What a change of many rows replaced, so that it can be taken back.</summary>
/// <param name="What">The change in words, for example <c>Size 1024x1024 for 21 rows</c>.</param>
/// <param name="Field">The field that was changed; <see langword="null"/> when rows were skipped or taken back in.</param>
/// <param name="Rows">The rows as they were.</param>
/// <param name="Defaults">The defaults as they were, when they were changed too.</param>
public sealed record DraftUndo(string What, string? Field, IReadOnlyList<DraftUndoRow> Rows, ImageDefaults? Defaults);
