namespace Batchwork.Dashboard.Security;

/// <summary>
/// Refuses live pages that another site opened. A browser lets any page open a WebSocket to us, without asking us first, and sends our cookies along
/// when that page lies on the same site (another port, a neighbouring host name). It always says who opened it.
/// </summary>
internal sealed partial class OriginRule(RequestDelegate next, ILogger<OriginRule> logger)
{
    /// <summary>Where the framework has its hub; the name is fixed.</summary>
    public const string Hub = "/_blazor";

    public Task InvokeAsync(HttpContext context)
    {
        var origin = context.Request.Headers.Origin;
        if (origin.Count == 0 || !context.Request.Path.StartsWithSegments(Hub, StringComparison.OrdinalIgnoreCase) || IsOurs(origin.ToString(), context.Request.Host))
        {
            return next(context);
        }

        LogForeign(origin.ToString(), context.Request.Host.ToString());
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>Whether an origin is the host that was asked. The scheme is left out: a proxy that ends TLS and is not trusted hides it.</summary>
    /// <param name="origin">As the browser says, for example <c>https://studio.example:8443</c>.</param>
    /// <param name="host">The host of the request.</param>
    /// <returns><see langword="true"/> when they are the same.</returns>
    internal static bool IsOurs(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && string.Equals(from.Host, host.Host, StringComparison.OrdinalIgnoreCase)
        && (host.Port is { } port ? from.Port == port : from.IsDefaultPort);

    [LoggerMessage(6301, LogLevel.Warning, "A live page was refused: it was opened by {Origin}, but this is {Host}. If that is a proxy of yours, see Batchwork:TrustedProxies and let it send X-Forwarded-Host")]
    private partial void LogForeign(string origin, string host);
}
