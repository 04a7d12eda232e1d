namespace Batchwork.Http;

/// <summary>
/// The three HTTP clients. They are separate because what is safe for one is dangerous for another: a read may be sent again at will, a paid
/// create never, and an address that came in a provider's answer must not be trusted.
/// </summary>
public interface IBatchTransport
{
    /// <summary>For calls that cost money or store something: batch create, uploads. Sends once; nothing retries.</summary>
    HttpClient Paid { get; }

    /// <summary>For everything that can be asked twice: status, lists, results, cancel, delete. Retries with back-off.</summary>
    HttpClient Reads { get; }

    /// <summary>For addresses that others chose: hosted pictures. No key, no cookies, no proxy; the connected address is judged.</summary>
    HttpClient Untrusted { get; }
}
