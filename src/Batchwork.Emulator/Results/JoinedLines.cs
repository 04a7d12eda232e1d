namespace Batchwork.Emulator.Results;

/// <summary>Turns the lines written to it into the entries of a JSON list: the ends of lines become commas, but for the last.</summary>
internal sealed class JoinedLines(Stream target) : WriteOnlyStream
{
    private static readonly byte[] s_comma = ","u8.ToArray();
    private bool _ended;
    private bool _begun;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            var end = buffer.Span.IndexOf((byte)'\n');
            var line = end < 0 ? buffer : buffer[..end];
            if (!line.IsEmpty)
            {
                if (_ended && _begun)
                {
                    await target.WriteAsync(s_comma, cancellationToken);
                }

                (_begun, _ended) = (true, false);
                await target.WriteAsync(line, cancellationToken);
            }

            // Blank lines join nothing.
            _ended |= end >= 0;
            buffer = end < 0 ? default : buffer[(end + 1)..];
        }
    }
}
