namespace Batchwork.Streaming;

/// <summary>The bytes of a file of results, whatever happens to the connection meanwhile.</summary>
internal interface IResultSource
{
    /// <summary>Reads on.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Bytes read; 0 at the end of the file.</returns>
    ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Goes back, to read again what came broken.</summary>
    /// <param name="offset">Where to.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    ValueTask SeekAsync(long offset, CancellationToken cancellationToken);
}
