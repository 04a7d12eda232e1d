namespace Batchwork.Http;

/// <summary>The three clients from the application's <see cref="IHttpClientFactory"/>, which renews their connections.</summary>
internal sealed class ClientFactoryTransport(IHttpClientFactory factory) : IBatchTransport
{
    public const string PaidName = "Batchwork.Paid";

    public const string ReadsName = "Batchwork.Reads";

    public const string UntrustedName = "Batchwork.Untrusted";

    public HttpClient Paid => factory.CreateClient(PaidName);

    public HttpClient Reads => factory.CreateClient(ReadsName);

    public HttpClient Untrusted => factory.CreateClient(UntrustedName);
}
