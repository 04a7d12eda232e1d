using System.Net;
using System.Net.Http.Headers;

namespace Batchwork.Http;

/// <summary>The JSON body of a paid call. It knows whether sending has begun: until then nothing can have been accepted.</summary>
internal sealed class PaidContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> _json;

    public PaidContent(ReadOnlyMemory<byte> json)
    {
        _json = json;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>Whether the connection stood and the call was being written to it.</summary>
    public bool SendingBegan { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        SendingBegan = true;
        await stream.WriteAsync(_json, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _json.Length;
        return true;
    }
}
