namespace Batchwork.Engine.Archives;

/// <summary>Only counts: how long an archive will be is known without reading a single picture.</summary>
internal sealed class MeasuringOutput : IZipOutput
{
    public long Position { get; private set; }

    public bool IsSated => false;

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Position += bytes.Length;
        return ValueTask.CompletedTask;
    }

    public ValueTask WritePictureAsync(string sha256, string mediaType, long length, CancellationToken cancellationToken)
    {
        Position += length;
        return ValueTask.CompletedTask;
    }
}
