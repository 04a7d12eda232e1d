namespace Batchwork.Engine.Sheets;

/// <summary>One line of a sheet, with the edits a person made in the draft.</summary>
public sealed class SheetRow
{
    public required Guid SheetId { get; init; }

    /// <summary>Position among the sheet's rows, from 0.</summary>
    public required int Index { get; init; }

    public required Guid WorkspaceId { get; init; }

    /// <summary>The row's number as the person's own program shows it (line 1 is the header).</summary>
    public required int Number { get; init; }

    /// <summary>Field → text as it stands in the sheet or as edited. A blank cell is absent.</summary>
    public required IReadOnlyDictionary<string, string> Cells { get; set; }

    /// <summary>Columns that fill no field: carried along and returned.</summary>
    public IReadOnlyDictionary<string, string>? Extra { get; init; }

    /// <summary>
    /// What was wrong with the row in the file itself, for example more cells than columns. Every check names it again until the person edits or
    /// skips the row.
    /// </summary>
    public RowProblem? ReadProblem { get; set; }

    /// <summary>Left out by a person before sending.</summary>
    public bool Skipped { get; set; }

    /// <summary>The worst problem of the last check.</summary>
    public RowCheck Check { get; set; }

    /// <summary>The problems of the last check; empty when there are none.</summary>
    public IReadOnlyList<RowProblem> Problems { get; set; } = [];
}
