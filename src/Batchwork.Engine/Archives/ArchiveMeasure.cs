namespace Batchwork.Engine.Archives;

/// <summary>What is known of an archive after it was gone through once: enough to promise its length and to send any part of it.</summary>
/// <param name="Length">Its bytes.</param>
/// <param name="Manifests">Length and checksum of its manifests, in order.</param>
internal sealed record ArchiveMeasure(long Length, IReadOnlyList<ManifestMeasure> Manifests);
