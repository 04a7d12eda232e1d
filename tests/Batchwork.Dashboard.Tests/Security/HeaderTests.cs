using System.Net;
using Batchwork.Dashboard.Tests.Hosting;

namespace Batchwork.Dashboard.Tests.Security;

public sealed class HeaderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/setup", HttpStatusCode.OK)]
    [InlineData("/w/studio", HttpStatusCode.OK)]
    [InlineData("/w/other", HttpStatusCode.NotFound)]
    [InlineData("/health", HttpStatusCode.OK)]
    [InlineData("/app.css", HttpStatusCode.OK)]
    public async Task EveryAnswer_CarriesTheSecurityHeaders(string address, HttpStatusCode status)
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);

        using var answer = await browser.GetAsync(address, Token);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("same-origin", Header(answer, "Referrer-Policy"));
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Opener-Policy"));
        Assert.Contains("camera=()", Header(answer, "Permissions-Policy"), StringComparison.Ordinal);
        var policy = Header(answer, "Content-Security-Policy");
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("object-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch("script-src [^;]*unsafe", policy);
    }

    [Fact]
    public async Task Page_HasOnlyScriptsThatItsPolicyAllows()
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);

        using var answer = await browser.GetAsync("/w/studio", Token);

        var page = await answer.DocumentAsync(Token);
        var inline = page.QuerySelectorAll("script:not([src])").ToList();
        Assert.NotEmpty(inline);
        Assert.All(inline, s => Assert.Contains($"'nonce-{s.GetAttribute("nonce")}'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal));
        Assert.All(page.QuerySelectorAll("script[src], link[href]"), e => Assert.DoesNotContain("//", e.GetAttribute("src") ?? e.GetAttribute("href"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nonce_IsNewEachTime()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);

        using var first = await server.Browser().GetAsync("/sign-in", Token);
        using var second = await server.Browser().GetAsync("/sign-in", Token);

        Assert.NotEqual(Header(first, "Content-Security-Policy"), Header(second, "Content-Security-Policy"));
    }

    [Fact]
    public async Task Pages_AreNotStoredByBrowsersAndFilesAre()
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);

        using var page = await browser.GetAsync("/w/studio", Token);
        using var file = await browser.GetAsync("/app.css", Token);

        Assert.Contains("no-store", Header(page, "Cache-Control"), StringComparison.Ordinal);
        Assert.DoesNotContain("no-store", Header(file, "Cache-Control"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Https_GetsHstsAndHttpDoesNot()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);

        using var secure = await server.Browser("https://studio.example").GetAsync("/sign-in", Token);
        using var plain = await server.Browser("http://studio.example").GetAsync("/sign-in", Token);

        Assert.Contains("max-age=31536000", Header(secure, "Strict-Transport-Security"), StringComparison.Ordinal);
        Assert.False(plain.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task RequireHttps_SendsVisitorsToHttpsAndRefusesForms()
    {
        await using var server = new DashboardServer { Settings = { ["Batchwork:RequireHttps"] = "true" } };
        var browser = server.Browser("http://studio.example");

        using var visit = await browser.GetAsync("/sign-in?returnUrl=%2Fx", Token);
        using var post = await browser.PostAsync("/sign-in", new FormUrlEncodedContent([]), Token);
        using var health = await browser.GetAsync("/health", Token);

        Assert.Equal((HttpStatusCode.RedirectKeepVerb, "https://studio.example/sign-in?returnUrl=%2Fx"), (visit.StatusCode, visit.Location()));
        Assert.Equal(HttpStatusCode.BadRequest, post.StatusCode);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Theory]
    [InlineData("de-DE,de;q=0.9", "de")]
    [InlineData("ar-EG", "ar")]
    [InlineData("xx-nonsense", "any")]
    public async Task Page_InAnyLanguage_StaysEnglish(string language, string what)
    {
        _ = what;
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);
        var browser = server.Browser();
        browser.DefaultRequestHeaders.Add("Accept-Language", language);

        var page = await browser.PageAsync("/sign-in", Token);

        Assert.Equal("Sign in", page.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task ForwardedHeaders_FromAnyone_AreNotBelieved()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);
        var browser = server.Browser();
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        using var answer = await browser.GetAsync("/sign-in", Token);

        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        string.Join(", ", answer.Headers.TryGetValues(name, out var values) ? values : answer.Content.Headers.TryGetValues(name, out var more) ? more : []);
}
