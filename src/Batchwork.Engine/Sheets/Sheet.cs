namespace Batchwork.Engine.Sheets;

/// <summary>An uploaded prompt sheet. Its rows are stored beside it; the file itself is not kept.</summary>
public sealed class Sheet
{
    public required Guid Id { get; init; }

    public required Guid WorkspaceId { get; init; }

    /// <summary>The file's name as the browser sent it, for showing only: never a path.</summary>
    public required string FileName { get; init; }

    public required SheetFormat Format { get; init; }

    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the file, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    public required int RowCount { get; init; }

    /// <summary>The columns as found and what each means to us.</summary>
    public required IReadOnlyList<SheetColumn> Columns { get; init; }

    /// <summary>What was noticed while reading and changed nothing that a person should not know: encoding, delimiter, joined lines.</summary>
    public required IReadOnlyList<string> Notices { get; init; }

    /// <summary>Who uploaded it, by name.</summary>
    public required string CreatedByName { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether all its rows are stored.</summary>
    public SheetState State { get; set; }
}
