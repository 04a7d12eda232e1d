using Batchwork.Engine.Jobs;

namespace Batchwork.Engine.Archives;

/// <summary>A row as a manifest tells it.</summary>
/// <param name="Row">The row.</param>
/// <param name="Request">What was sent for it.</param>
/// <param name="Files">Its pictures with their names in the archive.</param>
internal sealed record ManifestRow(JobRow Row, EffectiveRequest Request, IReadOnlyList<ManifestFile> Files)
{
    /// <summary>The row's id. A skipped row was never sent; what stands in its place in the table is no id of the person's.</summary>
    public string Id => Row.State == RowState.Skipped ? "" : Row.CustomId;
}
