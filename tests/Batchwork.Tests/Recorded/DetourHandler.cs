namespace Batchwork.Tests.Recorded;

/// <summary>Leads calls to a provider's public address to the test server, and remembers where they were to go.</summary>
internal sealed class DetourHandler(Uri server) : DelegatingHandler(new SocketsHttpHandler())
{
    /// <summary>The public addresses, call by call.</summary>
    public List<string> Origins { get; } = [];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var meant = request.RequestUri!;
        Origins.Add(meant.GetLeftPart(UriPartial.Authority));
        request.RequestUri = new UriBuilder(meant) { Scheme = server.Scheme, Host = server.Host, Port = server.Port }.Uri;
        return base.SendAsync(request, cancellationToken);
    }
}
