namespace Batchwork.Engine.Drafts;

/// <summary>One row before a change of many.</summary>
/// <param name="Index">Its position in the sheet.</param>
/// <param name="Text">The cell; <see langword="null"/> when it was blank.</param>
/// <param name="Skipped">Whether it was left out.</param>
public sealed record DraftUndoRow(int Index, string? Text, bool Skipped);
