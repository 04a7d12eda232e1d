namespace Batchwork.Emulator.Results;

/// <summary>Counts what is written to it and keeps nothing.</summary>
internal sealed class CountingStream : WriteOnlyStream
{
    private long _count;

    public long Count => _count;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _count += buffer.Length;
        return ValueTask.CompletedTask;
    }
}
