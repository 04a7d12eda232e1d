using Batchwork.Engine.Sheets;

namespace Batchwork.Engine.Drafts;

/// <summary>A row of a draft as the table shows it.</summary>
/// <param name="Index">Its position in the sheet.</param>
/// <param name="Number">Its number as the person's own program shows it.</param>
/// <param name="Cells">What stands in the sheet.</param>
/// <param name="Request">What would be sent, each value with its origin.</param>
/// <param name="Skipped">Whether it is left out.</param>
/// <param name="Check">Its worst problem.</param>
/// <param name="Problems">All its problems.</param>
public sealed record DraftRow(
    int Index,
    int Number,
    IReadOnlyDictionary<string, string> Cells,
    EffectiveRequest Request,
    bool Skipped,
    RowCheck Check,
    IReadOnlyList<RowProblem> Problems);
