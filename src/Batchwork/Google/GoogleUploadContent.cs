using System.Net;
using Batchwork.Adapters;

namespace Batchwork.Google;

/// <summary>What of a prepared batch has not arrived yet: its bytes from a place on, written while they are sent.</summary>
internal sealed class GoogleUploadContent(PreparedBatch batch, long from) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var rest = new SkippingStream(stream, from);
        await using (rest.ConfigureAwait(false))
        {
            await batch.WriteToAsync(rest, cancellationToken).ConfigureAwait(false);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = batch.ByteCount - from;
        return true;
    }

    /// <summary>Passes on what comes after the first bytes.</summary>
    private sealed class SkippingStream(Stream inner, long skip) : Stream
    {
        private long _left = skip;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var skipped = (int)Math.Min(_left, buffer.Length);
            _left -= skipped;
            return skipped == buffer.Length ? ValueTask.CompletedTask : inner.WriteAsync(buffer[skipped..], cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
