using System.Collections.Frozen;
using System.Net.Http.Headers;
using Batchwork.Adapters;

namespace Batchwork.Http;

/// <summary>Where and as whom a provider is called: base URL, key and headers, checked.</summary>
internal sealed class ProviderEndpoint
{
    // Gateways take their key in any of these.
    private static readonly FrozenSet<string> s_keyHeaders =
        new[] { "Authorization", "api-key", "x-api-key", "x-goog-api-key" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly string _base;
    private readonly KeyValuePair<string, string>? _keyHeader;

    private ProviderEndpoint(string baseUrl, KeyValuePair<string, string>? keyHeader, BatchCredentials credentials)
    {
        _base = baseUrl;
        _keyHeader = keyHeader;
        Credentials = credentials;
    }

    public BatchCredentials Credentials { get; }

    /// <summary>Checks credentials and makes an endpoint of them.</summary>
    /// <param name="capabilities">The provider's name and public base URL.</param>
    /// <param name="credentials">Key, base URL and headers.</param>
    /// <param name="keyHeader">The header that carries the key.</param>
    /// <exception cref="BatchValidationException">There is no key, or something cannot be sent.</exception>
    public static ProviderEndpoint Of(AdapterCapabilities capabilities, BatchCredentials credentials, Func<string, KeyValuePair<string, string>> keyHeader)
    {
        if (Fault(capabilities, credentials) is { } fault)
        {
            throw BatchValidationException.Of([fault]);
        }

        var baseUrl = (credentials.BaseUrl ?? capabilities.PublicBaseUrl).GetLeftPart(UriPartial.Path).TrimEnd('/');
        return new ProviderEndpoint(baseUrl, string.IsNullOrEmpty(credentials.ApiKey) ? null : keyHeader(credentials.ApiKey), credentials);
    }

    /// <summary>What keeps credentials from being used.</summary>
    public static RequestProblem? Fault(AdapterCapabilities capabilities, BatchCredentials credentials)
    {
        if (credentials.BaseUrl is { } url && UrlFault(url) is { } urlFault)
        {
            return new RequestProblem(ProblemSeverity.Error, "base-url-invalid", null, "baseUrl", urlFault);
        }

        if (string.IsNullOrEmpty(credentials.ApiKey) && !HasKeyHeader(credentials.Headers))
        {
            return new RequestProblem(ProblemSeverity.Error, "key-missing", null, "apiKey", $"There is no API key for {capabilities.DisplayName}. Set it in the credentials, in the options or in the environment.");
        }

        // A line break would end the header and begin another.
        var unfit = !IsVisible(credentials.ApiKey ?? "") || (credentials.Headers ?? new Dictionary<string, string>()).Any(h => h.Key.Length == 0 || !IsVisible(h.Key) || !IsVisible(h.Value));
        return unfit
            ? new RequestProblem(ProblemSeverity.Error, "key-invalid", null, "apiKey", "The API key or a header holds characters that cannot be sent, for example a line break. Copy it again.")
            : null;
    }

    /// <summary>The address of a path under the base URL.</summary>
    public Uri Address(string path) => new(_base + path);

    /// <summary>Whether an address is on the base URL's own server.</summary>
    public bool IsSameOrigin(Uri address) =>
        Uri.Compare(new Uri(_base), address, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>Makes a call to a path under the base URL.</summary>
    public HttpRequestMessage Request(HttpMethod method, string path) => Request(method, Address(path));

    /// <summary>Makes a call to an address that the provider gave. Key and headers go to the base URL's own server only.</summary>
    public HttpRequestMessage Request(HttpMethod method, Uri address)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (!IsSameOrigin(address))
        {
            return request;
        }

        if (_keyHeader is { } key)
        {
            request.Headers.TryAddWithoutValidation(key.Key, key.Value);
        }

        foreach (var (name, value) in Credentials.Headers ?? new Dictionary<string, string>())
        {
            // A given header wins over the client's own, the key's included.
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static string? UrlFault(Uri url) =>
        !url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp) ? $"The base URL '{url}' must begin with https:// or http://."
        : url.UserInfo.Length > 0 ? "The base URL must not contain a name or a password; use a header."
        : url.Query.Length > 0 || url.Fragment.Length > 0 ? "The base URL must not have a query or a fragment."
        : null;

    private static bool HasKeyHeader(IReadOnlyDictionary<string, string>? headers) =>
        headers is not null && headers.Keys.Any(name => s_keyHeaders.Contains(name));

    private static bool IsVisible(string text) => text.All(c => c is > '\u001f' and < '\u007f');
}
