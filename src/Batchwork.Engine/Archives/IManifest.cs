using System.Buffers;

namespace Batchwork.Engine.Archives;

/// <summary>A list of all rows and their pictures that travels in the archive. Written row by row.</summary>
internal interface IManifest
{
    string FileName { get; }

    void Begin(ArchiveJob job, IBufferWriter<byte> target);

    void Add(ManifestRow row, IBufferWriter<byte> target);

    void End(IBufferWriter<byte> target);
}
