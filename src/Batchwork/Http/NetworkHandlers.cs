using System.Net;

namespace Batchwork.Http;

/// <summary>Makes the handlers of the three clients. None follows redirects or keeps cookies; all judge the address they connect to.</summary>
internal static class NetworkHandlers
{
    /// <summary>For paid calls. Each has a connection of its own: on a kept one, a server that has just hung up makes it unclear whether the call arrived.</summary>
    public static SocketsHttpHandler Paid(BatchworkOptions options)
    {
        var handler = Plain(options);
        handler.PooledConnectionLifetime = TimeSpan.Zero;
        return handler;
    }

    /// <summary>For reads.</summary>
    public static SocketsHttpHandler Reads(BatchworkOptions options)
    {
        var handler = Plain(options);
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
        return handler;
    }

    /// <summary>For addresses that others chose: not even a proxy, behind which nobody would judge the address.</summary>
    public static SocketsHttpHandler Untrusted(BatchworkOptions options)
    {
        var handler = Plain(options);
        handler.UseProxy = false;
        handler.ConnectCallback = Policy(options).ConnectDirectlyAsync;
        handler.PreAuthenticate = false;
        handler.Credentials = null;
        return handler;
    }

    /// <summary>Puts retries and redirects on a handler, for the client that reads.</summary>
    public static HttpMessageHandler WithRetries(HttpMessageHandler inner, BatchworkOptions options, TimeProvider time) =>
        new RetryHandler(options, time) { InnerHandler = new SameOriginRedirectHandler { InnerHandler = inner } };

    private static SocketsHttpHandler Plain(BatchworkOptions options) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = options.ConnectTimeout,
        ConnectCallback = Policy(options).ConnectAsync,
    };

    private static AddressPolicy Policy(BatchworkOptions options) =>
        options.Resolve is { } resolve ? new AddressPolicy(options.AllowPrivateAddresses, resolve) : new AddressPolicy(options.AllowPrivateAddresses);
}
