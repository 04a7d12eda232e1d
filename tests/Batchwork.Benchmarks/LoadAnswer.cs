using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Batchwork.Benchmarks;

/// <summary>An answer of a provider's results, made while it is sent: of any size, at the cost of one block.</summary>
/// <param name="Results">Results in it.</param>
/// <param name="Pictures">Pictures of each.</param>
/// <param name="Letters">Letters of base64 of each picture.</param>
internal sealed record LoadAnswer(int Results, int Pictures, int Letters)
{
    private const int BlockBytes = 3 * 256 * 1024;

    private static readonly byte[] s_block = Block();

    /// <summary>The letters of all pictures.</summary>
    public long AllLetters => (long)Results * Pictures * Letters;

    /// <summary>Its name in a URL, for example <c>1000x1x1400000</c>.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Results}x{Pictures}x{Letters}");

    /// <summary>The answer of a name.</summary>
    public static LoadAnswer Of(string name)
    {
        var parts = name.Split('x').Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        return new LoadAnswer(parts[0], parts[1], parts[2]);
    }

    /// <summary>What is answered to a path, piece by piece.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> To(string path) => path.Split('?')[0].Split('/') switch
    {
        ["", "openai", "v1", "batches", var name] => [Text($$$"""{"id":"{{{name}}}","status":"completed","output_file_id":"{{{name}}}"}""")],
        ["", "openai", "v1", "files", var name, "content"] => Of(name).Lines(),
        ["", "xai", "v1", "batches", var name] => [Text($$$"""{"batch_id":"{{{name}}}","state":{"num_requests":{{{Of(name).Results}}},"num_pending":0,"num_success":{{{Of(name).Results}}}}}""")],
        ["", "xai", "v1", "batches", var name, "results"] => Of(name).Page(),
        ["", "google", "v1beta", "batches", var name] => Of(name).Operation(),
        _ => [Text("{}")],
    };

    private IEnumerable<ReadOnlyMemory<byte>> Lines() => Items(
        id => $$"""{"id":"r","custom_id":"{{id}}","response":{"status_code":200,"request_id":"r","body":{"created":1,"data":[""",
        "{\"b64_json\":\"",
        "\"}",
        """],"output_format":"png"}},"error":null}""" + "\n",
        "");

    private IEnumerable<ReadOnlyMemory<byte>> Page() => [Text("{\"results\":["), .. PageItems(), Text("],\"pagination_token\":null}")];

    private IEnumerable<ReadOnlyMemory<byte>> PageItems() => Items(
        id => $$"""{"batch_request_id":"{{id}}","batch_result":{"response":{"image_generation":{"data":[""",
        "{\"mime_type\":\"image/png\",\"b64_json\":\"",
        "\"}",
        "]}}}}",
        ",");

    private IEnumerable<ReadOnlyMemory<byte>> Operation() =>
    [
        Text($$$"""{"name":"batches/{{{Name}}}","metadata":{"state":"BATCH_STATE_SUCCEEDED","batchStats":{"requestCount":"{{{Results}}}","successfulRequestCount":"{{{Results}}}"}},"done":true,"response":{"inlinedResponses":{"inlinedResponses":["""),
        .. Items(
            id => $$"""{"metadata":{"key":"{{id}}"},"response":{"candidates":[{"content":{"parts":[""",
            "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"",
            "\"}}",
            "]},\"finishReason\":\"STOP\"}]}}",
            ","),
        Text("]}}}"),
    ];

    private IEnumerable<ReadOnlyMemory<byte>> Items(Func<string, string> start, string beforePicture, string afterPicture, string end, string between)
    {
        for (var result = 0; result < Results; result++)
        {
            yield return Text((result == 0 ? "" : between) + start($"request-{result}"));
            for (var picture = 0; picture < Pictures; picture++)
            {
                yield return Text((picture == 0 ? "" : ",") + beforePicture);
                for (var left = Letters; left > 0; left -= s_block.Length)
                {
                    yield return s_block.AsMemory(0, Math.Min(left, s_block.Length));
                }

                yield return Text(afterPicture);
            }

            yield return Text(end);
        }
    }

    private static ReadOnlyMemory<byte> Text(string text) => Encoding.UTF8.GetBytes(text);

    // Begins like a PNG; blocks of whole groups of three bytes can follow each other.
    private static byte[] Block()
    {
        var bytes = new byte[BlockBytes];
        new Random(1).NextBytes(bytes);
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
        png.CopyTo(bytes, 0);
        var letters = new byte[Base64.GetMaxEncodedToUtf8Length(BlockBytes)];
        Base64.EncodeToUtf8(bytes, letters, out _, out _);
        return letters;
    }
}
