using System.Text;

namespace Batchwork.Engine.Tests.Sheets;

/// <summary>A CSV of any length that is made while it is read, and fails the test when too much of it is.</summary>
internal sealed class EndlessSheet(long rows) : Stream
{
    private static readonly byte[] s_header = "prompt,n\n"u8.ToArray();
    private static readonly byte[] s_row = Encoding.UTF8.GetBytes("A prompt of ordinary length about a red bicycle leaning against a wall,1\n");

    public long HighestRead { get; private set; }

    public override long Length => s_header.Length + (rows * s_row.Length);

    public override long Position { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = 0;
        while (read < count && Position < Length)
        {
            buffer[offset + read++] = Position < s_header.Length ? s_header[Position] : s_row[(Position - s_header.Length) % s_row.Length];
            Position++;
        }

        HighestRead = Math.Max(HighestRead, Position);
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
