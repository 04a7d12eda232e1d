using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Batchwork.Testing.Engine;

/// <summary>Stands where the network would be: answers each call as the test says and remembers what was asked.</summary>
public sealed class StubProvider : HttpMessageHandler
{
    private readonly ConcurrentQueue<HttpRequestMessage> _calls = new();

    /// <summary>Answers a call; nothing is reachable until a test says otherwise.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage> Answer { get; set; } =
        request => throw new HttpRequestException(HttpRequestError.ConnectionError, $"No test said how {request.RequestUri} answers.");

    /// <summary>The calls so far, oldest first.</summary>
    public IReadOnlyCollection<HttpRequestMessage> Calls => _calls;

    /// <summary>Makes a JSON answer.</summary>
    /// <param name="json">The body.</param>
    /// <param name="status">The status.</param>
    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _calls.Enqueue(request);
        return Task.FromResult(Answer(request));
    }
}
