namespace Batchwork.Dashboard.Shared;

internal static class Downloads
{
    /// <summary>Whether a request begins a download, and neither only looks nor goes on with one that broke off: each is noted once.</summary>
    /// <param name="request">The request.</param>
    /// <returns><see langword="true"/> for a GET of the file's beginning.</returns>
    public static bool IsDownload(this HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && (request.GetTypedHeaders().Range is not { Ranges: { Count: > 0 } ranges } || ranges.First().From is 0);
}
