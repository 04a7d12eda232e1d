namespace Batchwork.Engine.Sheets;

/// <summary>What came of an upload: a stored sheet, or the reasons why there is none.</summary>
public sealed record SheetUpload
{
    /// <summary>The stored sheet; <see langword="null"/> when the file was refused.</summary>
    public Guid? SheetId { get; init; }

    /// <summary>The file's name, for showing.</summary>
    public required string FileName { get; init; }

    /// <summary>Rows that were stored.</summary>
    public int Rows { get; init; }

    /// <summary>Why the file was refused, at most 100.</summary>
    public IReadOnlyList<SheetFault> Faults { get; init; } = [];

    /// <summary>Faults that are not listed.</summary>
    public int MoreFaults { get; init; }

    /// <summary>Whether it was refused for its size alone.</summary>
    public bool IsTooLarge { get; init; }
}
