namespace Batchwork.Engine.Archives;

/// <summary>A picture and its name in the archive.</summary>
internal sealed record ManifestFile(string Name, ArchiveImage Image);
