using System.Net;
using System.Text;

namespace Batchwork.Testing.Http;

/// <summary>An HTTP handler that records what it is sent and answers by a script. The last answer is repeated.</summary>
public sealed class ScriptedHandler : HttpMessageHandler
{
    private readonly Queue<Func<RecordedCall, CancellationToken, Task<HttpResponseMessage>>> _script = new();
    private Func<RecordedCall, CancellationToken, Task<HttpResponseMessage>>? _last;

    /// <summary>What was sent, in order.</summary>
    public List<RecordedCall> Calls { get; } = [];

    /// <summary>Answers the next call with JSON.</summary>
    public ScriptedHandler Json(string json, HttpStatusCode status = HttpStatusCode.OK, params (string Name, string Value)[] headers) =>
        Reply(_ => Make(status, new StringContent(json, Encoding.UTF8, "application/json"), headers));

    /// <summary>Answers the next call with bytes.</summary>
    public ScriptedHandler Bytes(byte[] body, HttpStatusCode status = HttpStatusCode.OK, params (string Name, string Value)[] headers) =>
        Reply(_ => Make(status, new ByteArrayContent(body), headers));

    /// <summary>Answers the next call as told.</summary>
    public ScriptedHandler Reply(Func<RecordedCall, HttpResponseMessage> reply) =>
        ReplyAsync((call, _) => Task.FromResult(reply(call)));

    /// <summary>Answers the next call as told.</summary>
    public ScriptedHandler ReplyAsync(Func<RecordedCall, CancellationToken, Task<HttpResponseMessage>> reply)
    {
        _script.Enqueue(reply);
        return this;
    }

    /// <summary>Fails the next call.</summary>
    public ScriptedHandler Throw(Exception failure) => Reply(_ => throw failure);

    /// <summary>Makes an answer.</summary>
    public static HttpResponseMessage Make(HttpStatusCode status, HttpContent? content, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage(status) { Content = content };
        foreach (var (name, value) in headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
            {
                response.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var headers = request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
            .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var call = new RecordedCall(request.Method.Method, request.RequestUri!, headers, body);
        Calls.Add(call);
        _last = _script.Count > 0 ? _script.Dequeue() : _last ?? throw new InvalidOperationException($"No answer is scripted for {call}.");
        var response = await _last(call, cancellationToken);
        response.RequestMessage = request;
        return response;
    }
}
