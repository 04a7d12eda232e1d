using Batchwork.Engine.Jobs;

namespace Batchwork.Engine.Archives;

/// <summary>A row as a manifest tells it.</summary>
/// <param name="Row">The row.</param>
/// <param name="Request">What was sent for it.</param>
/// <param name="Files">Its pictures with their names in the archive.</param>
internal sealed record ManifestRow(JobRow Row, EffectiveRequest Request, IReadOnlyList<ManifestFile> Files);
