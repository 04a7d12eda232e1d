using Batchwork.Emulator.Results;

namespace Batchwork.Emulator.Faults.Bodies;

/// <summary>Sends a few bytes at a time with long pauses (F18).</summary>
internal sealed class DripFault(int bytes, TimeSpan every) : IFault
{
    public Task ApplyAsync(FaultyCall call) => Answer.ThroughAsync(call, new Drip(call, call.Context.Response.Body, bytes, every));

    private sealed class Drip(FaultyCall call, Stream wire, int bytes, TimeSpan every) : WriteOnlyStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            for (var at = 0; at < buffer.Length; at += bytes)
            {
                await wire.WriteAsync(buffer.Slice(at, Math.Min(bytes, buffer.Length - at)), cancellationToken);
                await wire.FlushAsync(cancellationToken);
                await Task.Delay(every, call.Real, call.Aborted);
            }
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => wire.FlushAsync(cancellationToken);
    }
}
