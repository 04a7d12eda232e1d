using System.Text;
using System.Text.Json;
using Batchwork.Testing.Http;

namespace Batchwork.Tests.Recorded;

/// <summary>Plays the recorded replies of one case at a time over a real connection, and records what it is asked.</summary>
public sealed class VectorServer : IAsyncDisposable
{
    private const string Anywhere = "";

    private readonly Dictionary<string, Queue<JsonElement>> _replies = new(StringComparer.Ordinal);
    private readonly LoopbackServer _server;

    public VectorServer()
    {
        _server = new LoopbackServer(Answer);
    }

    public Uri Origin => _server.Address;

    public IReadOnlyList<RecordedCall> Calls => _server.Calls;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    internal void Play(Vector vector)
    {
        _server.Forget();
        _replies.Clear();
        string? on = null;
        foreach (var reply in vector.Field("server")?.EnumerateArray() ?? default)
        {
            // One without a place was never drawn: it is for a client that tries again there, or that got further.
            var isDrawn = reply.TryGetProperty("on", out var place);
            on = isDrawn ? Plain(place.GetString()!) : on;
            if (on is not null)
            {
                Add(on, reply);
            }

            if (!isDrawn)
            {
                Add(Anywhere, reply);
            }
        }
    }

    // One recorded client doubles slashes.
    private static string Plain(string place) => place.Replace("//", "/", StringComparison.Ordinal);

    private static LoopbackReply Reply(JsonElement reply) => new()
    {
        Status = reply.TryGetProperty("status", out var status) ? status.GetInt32() : 200,
        Headers = reply.TryGetProperty("headers", out var headers) ? headers.EnumerateObject().ToDictionary(h => h.Name, h => h.Value.GetString()!) : [],
        Body = Body(reply),
        HangsUp = reply.TryGetProperty("hangUp", out _),
        HangUpAfter = reply.TryGetProperty("truncateAt", out var at) ? at.GetInt32() : null,
        ChunkSize = reply.TryGetProperty("chunkSize", out var size) ? size.GetInt32() : int.MaxValue,
    };

    private static byte[] Body(JsonElement reply) =>
        reply.TryGetProperty("base64", out var base64) ? base64.GetBytesFromBase64()
        : reply.TryGetProperty("text", out var text) ? Encoding.UTF8.GetBytes(Notation.Expand(text.GetString()!))
        : reply.TryGetProperty("json", out var json) ? Encoding.UTF8.GetBytes(Notation.Expand(json)?.ToJsonString() ?? "null")
        : [];

    private void Add(string on, JsonElement reply) =>
        (_replies.TryGetValue(on, out var queue) ? queue : _replies[on] = new()).Enqueue(reply);

    // The last reply to a place repeats.
    private LoopbackReply Answer(RecordedCall call) =>
        _replies.TryGetValue(Plain($"{call.Method} {call.Path}"), out var queue) || _replies.TryGetValue(Anywhere, out queue)
            ? Reply(queue.Count > 1 ? queue.Dequeue() : queue.Peek())
            : new LoopbackReply { Status = 404 };
}
