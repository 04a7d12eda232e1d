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

    /// <summary>Opens a page, fills the form that is sent to an address or handled under a name, and sends it with everything hidden in it.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(
        this HttpClient browser, string address, string form, CancellationToken cancellationToken, params (string Name, string Value)[] fields)
    {
        var page = await browser.PageAsync(address, cancellationToken);
        return await browser.SubmitAsync(page, address, form, cancellationToken, fields);
    }

    /// <summary>Fills and sends a form of a page that is open.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(
        this HttpClient browser, IHtmlDocument page, string address, string form, CancellationToken cancellationToken, params (string Name, string Value)[] fields)
    {
        var found = page.QuerySelectorAll("form").OfType<IHtmlFormElement>()
            .Where(f => f.GetAttribute("action") == form || f.QuerySelector($"input[name=_handler][value='{form}']") is not null)
            .Where(f => fields.All(field => field.Name != "id" || f.QuerySelector($"input[name=id][value='{field.Value}']") is not null))
            .ToList();
        Assert.True(found.Count > 0, $"{address} has no form {form}.");
        var values = found[0].QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().Where(i => i.Name is not null).ToDictionary(i => i.Name!, i => i.Value);
        foreach (var (name, value) in fields)
        {
            values[name] = value;
        }

        using var content = new FormUrlEncodedContent(values);
        return await browser.PostAsync(found[0].GetAttribute("action") ?? address, content, cancellationToken);
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
