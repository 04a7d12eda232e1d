namespace Batchwork.Emulator.Results;

/// <summary>Passes on a stretch of what is written to it.</summary>
internal sealed class WindowStream(Stream target, long skip, long count) : WriteOnlyStream
{
    private long _skip = skip;
    private long _left = count;

    /// <summary>Whether nothing more will be passed on.</summary>
    public bool IsFull => _left == 0;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var skipped = (int)Math.Min(_skip, buffer.Length);
        _skip -= skipped;
        var taken = (int)Math.Min(_left, buffer.Length - skipped);
        if (taken > 0)
        {
            _left -= taken;
            await target.WriteAsync(buffer.Slice(skipped, taken), cancellationToken);
        }
    }
}
