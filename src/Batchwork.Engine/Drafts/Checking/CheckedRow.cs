using Batchwork.Engine.Sheets;

namespace Batchwork.Engine.Drafts.Checking;

/// <summary>A row as it would be sent, and what is wrong with it.</summary>
/// <param name="Own">The row's own values.</param>
/// <param name="Effective">The request after the merge with the defaults.</param>
/// <param name="Check">The worst problem.</param>
/// <param name="Problems">All problems.</param>
internal sealed record CheckedRow(ImageRequest Own, EffectiveRequest Effective, RowCheck Check, IReadOnlyList<RowProblem> Problems);
