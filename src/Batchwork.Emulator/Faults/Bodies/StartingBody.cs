using Batchwork.Emulator.Results;

namespace Batchwork.Emulator.Faults.Bodies;

/// <summary>A body that sends the headers before its first byte.</summary>
internal sealed class StartingBody(HttpResponse response, Stream body) : WriteOnlyStream
{
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!response.HasStarted)
        {
            await response.StartAsync(cancellationToken);
        }

        await body.WriteAsync(buffer, cancellationToken);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => body.FlushAsync(cancellationToken);
}
