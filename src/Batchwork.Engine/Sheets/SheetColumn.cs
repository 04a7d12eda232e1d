namespace Batchwork.Engine.Sheets;

/// <summary>One column of a sheet.</summary>
/// <param name="Header">Its header as it stands in the file.</param>
/// <param name="Field">The field it fills (see <see cref="SheetFields"/>), or <see langword="null"/> for extra data that is carried along and returned.</param>
public sealed record SheetColumn(string Header, string? Field);
