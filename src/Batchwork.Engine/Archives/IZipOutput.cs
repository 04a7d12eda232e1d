namespace Batchwork.Engine.Archives;

/// <summary>Where the bytes of an archive go.</summary>
internal interface IZipOutput
{
    /// <summary>Bytes of the archive before the next one.</summary>
    long Position { get; }

    /// <summary>Whether nothing that follows would go anywhere.</summary>
    bool IsSated { get; }

    /// <summary>Takes bytes.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Takes the content of a stored picture, exactly as many bytes as the table says it has.</summary>
    ValueTask WritePictureAsync(string sha256, string mediaType, long length, CancellationToken cancellationToken);
}
