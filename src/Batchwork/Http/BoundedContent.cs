using System.Buffers;
using System.Globalization;

namespace Batchwork.Http;

/// <summary>Reads small answers into memory, with a bound.</summary>
internal static class BoundedContent
{
    /// <summary>Longest answer that is read into memory: a page of 10,000 files is a tenth of this.</summary>
    public const int MaxAnswer = 32 * 1024 * 1024;

    /// <summary>Longest body of an error that is read. The rest of it is nobody's loss.</summary>
    public const int MaxErrorBody = 64 * 1024;

    private const int ChunkLength = 16 * 1024;

    /// <summary>Reads the content, or as much of it as the bound allows.</summary>
    /// <exception cref="HttpRequestException">It is longer, and <paramref name="cut"/> is not set.</exception>
    public static async Task<byte[]> ReadAsync(HttpContent content, int most, bool cut, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>();
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            while (true)
            {
                var read = await stream.ReadAsync(body.GetMemory(ChunkLength), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    return body.WrittenSpan.ToArray();
                }

                body.Advance(read);
                if (body.WrittenCount > most)
                {
                    return cut
                        ? body.WrittenSpan[..most].ToArray()
                        : throw new HttpRequestException(
                            HttpRequestError.ConfigurationLimitExceeded,
                            string.Create(CultureInfo.InvariantCulture, $"The answer is longer than {most} bytes."));
                }
            }
        }
    }
}
