using Batchwork.Emulator.Results;

namespace Batchwork.Emulator.Faults.Bodies;

/// <summary>A body that is passed on up to a place and meets its fate there.</summary>
/// <param name="wire">Where the bytes go.</param>
/// <param name="place">How many of them.</param>
/// <param name="fate">What happens then; bytes after that are swallowed.</param>
internal sealed class ShapedBody(Stream wire, Func<long> place, Func<Task> fate) : WriteOnlyStream
{
    private long _written;
    private bool _met;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_met)
        {
            return;
        }

        var taken = (int)Math.Clamp(place() - _written, 0, buffer.Length);
        await wire.WriteAsync(buffer[..taken], cancellationToken);
        _written += taken;
        if (_written >= place())
        {
            _met = true;
            await wire.FlushAsync(cancellationToken);
            await fate();
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => wire.FlushAsync(cancellationToken);
}
