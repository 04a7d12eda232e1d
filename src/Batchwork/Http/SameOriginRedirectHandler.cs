using System.Net;

namespace Batchwork.Http;

/// <summary>
/// Follows redirects of reads within the same origin. The stock handler would take the key off the request; and a redirect to another host must not get
/// the key, so that one is not followed and its answer is told as a failure.
/// </summary>
internal sealed class SameOriginRedirectHandler : DelegatingHandler
{
    private const int MostHops = 5;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var hop = 0; ; hop++)
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (hop == MostHops || request.Method != HttpMethod.Get || Target(request, response) is not { } target)
            {
                return response;
            }

            response.Dispose();
            request.RequestUri = target;
        }
    }

    private static Uri? Target(HttpRequestMessage request, HttpResponseMessage response)
    {
        var moved = response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
        if (!moved || response.Headers.Location is not { } location || request.RequestUri is not { } from)
        {
            return null;
        }

        var target = new Uri(from, location);
        return Uri.Compare(from, target, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0 ? target : null;
    }
}
