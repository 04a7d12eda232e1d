using System.Net.Http.Headers;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Batchwork.Dashboard.Tests.Hosting;

/// <summary>Reads pages and sends their forms as a browser does.</summary>
internal static class Forms
{
    public static async Task<IHtmlDocument> PageAsync(this HttpClient browser, string address, CancellationToken cancellationToken)
    {
        using var answer = await browser.GetAsync(address, cancellationToken);
        return await answer.DocumentAsync(cancellationToken);
    }

    public static async Task<IHtmlDocument> DocumentAsync(this HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var html = await answer.Content.ReadAsStringAsync(cancellationToken);
        return await new HtmlParser().ParseDocumentAsync(html, cancellationToken);
    }

    /// <summary>Opens a page, fills its form and sends it with everything hidden in it.</summary>
    public static async Task<HttpResponseMessage> PostFormAsync(
        this HttpClient browser, string address, CancellationToken cancellationToken, params (string Name, string Value)[] fields)
    {
        var page = await browser.PageAsync(address, cancellationToken);
        var form = Assert.IsType<IHtmlFormElement>(page.QuerySelector("form"), exactMatch: false);
        var values = form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().ToDictionary(i => i.Name!, i => i.Value);
        foreach (var (name, value) in fields)
        {
            values[name] = value;
        }

        using var content = new FormUrlEncodedContent(values);
        return await browser.PostAsync(form.GetAttribute("action") ?? address, content, cancellationToken);
    }

    public static IReadOnlyList<string> SetCookies(this HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [];

    /// <summary>Where an answer leads: path and query while it stays on this server, else all of it.</summary>
    public static string? Location(this HttpResponseMessage answer) =>
        answer.Headers.Location is { IsAbsoluteUri: true } uri && uri.Host == answer.RequestMessage!.RequestUri!.Host && uri.Scheme == answer.RequestMessage.RequestUri.Scheme
            ? uri.PathAndQuery
            : answer.Headers.Location?.OriginalString;

    public static void AcceptOnly(this HttpRequestMessage request, string type)
    {
        request.Headers.Accept.Clear();
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(type));
    }
}
