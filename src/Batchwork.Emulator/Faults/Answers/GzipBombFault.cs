using System.IO.Compression;

namespace Batchwork.Emulator.Faults.Answers;

/// <summary>Answers with a little gzip that inflates to a lot of spaces (F22).</summary>
internal sealed class GzipBombFault(long bytes) : IFault
{
    private const int Piece = 256 * 1024;

    public async Task ApplyAsync(FaultyCall call)
    {
        var response = call.Context.Response;
        response.ContentType = "application/json";
        response.Headers.ContentEncoding = "gzip";
        var spaces = new byte[Piece];
        spaces.AsSpan().Fill((byte)' ');
        await using var gzip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
        for (var left = bytes; left > 0; left -= Piece)
        {
            await gzip.WriteAsync(spaces.AsMemory(0, (int)Math.Min(left, Piece)), call.Aborted);
        }
    }
}
