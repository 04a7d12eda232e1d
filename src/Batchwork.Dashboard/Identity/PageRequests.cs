namespace Batchwork.Dashboard.Identity;

internal static class PageRequests
{
    /// <summary>Whether a person's browser asks for a page to look at, and not a picture, a script or a program for data.</summary>
    /// <param name="request">The request.</param>
    /// <returns><see langword="true"/> for GET and HEAD that accept HTML.</returns>
    public static bool IsPageRequest(this HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.AcceptsHtml();

    /// <summary>Whether an answer will be looked at by a person.</summary>
    /// <param name="request">The request.</param>
    /// <returns><see langword="true"/> when it accepts HTML.</returns>
    public static bool AcceptsHtml(this HttpRequest request) =>
        request.Headers.Accept.Any(accept => accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) is true);
}
