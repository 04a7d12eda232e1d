using System.Globalization;
using System.Text;

namespace Batchwork.Testing.Http;

/// <summary>What a <see cref="LoopbackServer"/> sends, and when it hangs up.</summary>
public sealed record LoopbackReply
{
    /// <summary>The status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Headers beside the length.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>After how many bytes of the body to hang up, although all are announced.</summary>
    public int? HangUpAfter { get; init; }

    /// <summary>Whether to hang up without a word.</summary>
    public bool HangsUp { get; init; }

    /// <summary>Whether the length is left out, so that the end of the connection is the end of the body.</summary>
    public bool WithoutLength { get; init; }

    /// <summary>Bytes that are sent at a time.</summary>
    public int ChunkSize { get; init; } = 1024 * 1024;

    /// <summary>A reply with JSON.</summary>
    public static LoopbackReply Json(string json, int status = 200) => new()
    {
        Status = status,
        Headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" },
        Body = Encoding.UTF8.GetBytes(json),
    };

    /// <summary>A part of a file, as asked in <c>Range</c>; the whole without it.</summary>
    public static LoopbackReply File(byte[] file, RecordedCall call, string? etag = null)
    {
        var headers = new Dictionary<string, string>();
        if (etag is not null)
        {
            headers["ETag"] = etag;
        }

        var isStale = call.Headers.TryGetValue("If-Range", out var version) && version != etag;
        if (isStale || !call.Headers.TryGetValue("Range", out var range))
        {
            return new LoopbackReply { Headers = headers, Body = file };
        }

        var from = int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
        if (from >= file.Length)
        {
            headers["Content-Range"] = $"bytes */{file.Length}";
            return new LoopbackReply { Status = 416, Headers = headers };
        }

        headers["Content-Range"] = $"bytes {from}-{file.Length - 1}/{file.Length}";
        return new LoopbackReply { Status = 206, Headers = headers, Body = file.AsMemory(from) };
    }

    internal async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (HangsUp)
        {
            return;
        }

        var head = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {Status} Scripted\r\nConnection: close\r\n"));
        foreach (var (name, value) in Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        if (!WithoutLength && Status != 204)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}\r\n");
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), cancellationToken);
        var body = HangUpAfter is { } most ? Body[..Math.Min(most, Body.Length)] : Body;
        while (!body.IsEmpty)
        {
            var length = Math.Min(ChunkSize, body.Length);
            await stream.WriteAsync(body[..length], cancellationToken);
            body = body[length..];
        }
    }
}
