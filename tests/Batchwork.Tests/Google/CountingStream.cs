namespace Batchwork.Tests.Google;

/// <summary>Bytes that know how many of them were read, also after they were closed.</summary>
internal sealed class CountingStream(byte[] bytes) : MemoryStream(bytes, writable: false)
{
    public long Count { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await base.ReadAsync(buffer, cancellationToken);
        Count += read;
        return read;
    }
}
