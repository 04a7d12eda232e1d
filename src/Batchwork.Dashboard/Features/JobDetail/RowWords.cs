using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Jobs;

namespace Batchwork.Dashboard.Features.JobDetail;

/// <summary>What a row's cells say.</summary>
internal static class RowWords
{
    /// <summary>Another word than the state's own, where there is more to say.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The word, or <see langword="null"/> for the state's own.</returns>
    public static string? State(RowItem row) => row switch
    {
        { State: RowState.Waiting, IsSent: true } => "Sent",
        { State: RowState.Partial } => Images(row),
        { State: RowState.Failed, Outcome: ResultOutcome.Invalid } => "Failed, needs change",
        { State: RowState.Failed } => "Failed, can retry",
        _ => null,
    };

    /// <summary>The row's id. A skipped row was never sent; what stands in its place in the table is no id of the person's.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The id, or a dash.</returns>
    public static string Id(RowItem row) => row.State == RowState.Skipped ? "—" : row.CustomId;

    /// <summary>Pictures there are and were asked for.</summary>
    /// <param name="row">The row.</param>
    /// <returns>For example <c>3 of 4</c>.</returns>
    public static string Images(RowItem row) => $"{Figures.Number(row.StoredImages)} of {Figures.Number(row.RequestedImages)}";
}
