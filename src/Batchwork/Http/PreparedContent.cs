using System.Net;
using System.Net.Http.Headers;
using Batchwork.Adapters;

namespace Batchwork.Http;

/// <summary>A prepared batch as the body of an upload: written while it is sent, of known length.</summary>
internal sealed class PreparedContent : HttpContent
{
    private readonly PreparedBatch _batch;

    public PreparedContent(PreparedBatch batch, string mediaType)
    {
        _batch = batch;
        Headers.ContentType = new MediaTypeHeaderValue(mediaType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        _batch.WriteToAsync(stream, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _batch.WriteToAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = _batch.ByteCount;
        return true;
    }
}
