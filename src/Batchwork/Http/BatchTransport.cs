namespace Batchwork.Http;

/// <summary>The three clients, on the network or on a handler of the caller's choice.</summary>
public sealed class BatchTransport : IBatchTransport, IDisposable
{
    private BatchTransport(HttpMessageHandler paid, HttpMessageHandler reads, HttpMessageHandler untrusted, bool ownsHandlers)
    {
        Paid = Client(paid, ownsHandlers);
        Reads = Client(reads, ownsHandlers);
        Untrusted = Client(untrusted, ownsHandlers);
    }

    /// <inheritdoc/>
    public HttpClient Paid { get; }

    /// <inheritdoc/>
    public HttpClient Reads { get; }

    /// <inheritdoc/>
    public HttpClient Untrusted { get; }

    /// <summary>Makes clients that call the network, for programs without dependency injection. Keep one for the life of the program.</summary>
    /// <param name="options">Timeouts, retries and which addresses are allowed.</param>
    /// <param name="time">The clock for timeouts and pauses; the system's by default.</param>
    /// <returns>The clients.</returns>
    public static BatchTransport ToNetwork(BatchworkOptions? options = null, TimeProvider? time = null)
    {
        options ??= new BatchworkOptions();
        return new BatchTransport(
            NetworkHandlers.Paid(options),
            NetworkHandlers.WithRetries(NetworkHandlers.Reads(options), options, time ?? TimeProvider.System),
            NetworkHandlers.Untrusted(options),
            ownsHandlers: true);
    }

    /// <summary>Makes clients that end in a handler, for servers in the same process and for tests. Reads retry here as well; addresses are not judged, because none is connected to.</summary>
    /// <param name="handler">The handler. It is not disposed with the clients.</param>
    /// <param name="options">Timeouts and retries.</param>
    /// <param name="time">The clock for timeouts and pauses; the system's by default.</param>
    /// <returns>The clients.</returns>
    public static BatchTransport Over(HttpMessageHandler handler, BatchworkOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new BatchTransport(
            handler,
            NetworkHandlers.WithRetries(handler, options ?? new BatchworkOptions(), time ?? TimeProvider.System),
            handler,
            ownsHandlers: false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Paid.Dispose();
        Reads.Dispose();
        Untrusted.Dispose();
    }

    // Timeouts are set call by call: an upload may take minutes, a download hours.
    private static HttpClient Client(HttpMessageHandler handler, bool ownsHandler) =>
        new(handler, ownsHandler) { Timeout = Timeout.InfiniteTimeSpan };
}
