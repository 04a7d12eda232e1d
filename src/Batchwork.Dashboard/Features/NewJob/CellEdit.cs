namespace Batchwork.Dashboard.Features.NewJob;

/// <summary>A cell as a person changed it.</summary>
/// <param name="Index">The row's position in the sheet.</param>
/// <param name="Field">The field.</param>
/// <param name="Text">The text; blank for the default.</param>
public sealed record CellEdit(int Index, string Field, string Text);
