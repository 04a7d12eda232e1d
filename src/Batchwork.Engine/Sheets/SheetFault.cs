namespace Batchwork.Engine.Sheets;

/// <summary>Why a file cannot be read as a prompt sheet.</summary>
/// <param name="Row">The row's number as the person's own program shows it; <see langword="null"/> for the whole file.</param>
/// <param name="Message">What is wrong and what to do; names row and column where there is one.</param>
public sealed record SheetFault(int? Row, string Message);
