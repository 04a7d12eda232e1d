using System.Net;
using Batchwork.Dashboard.Identity;
using Batchwork.Dashboard.Tests.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Dashboard.Tests.Identity;

public sealed class SignInTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_WithTheRightPassword_LeadsBackToTheAskedPage()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);
        var browser = server.Browser();

        using var asked = await browser.GetAsync("/w/studio/connections?x=1", Token);
        using var answer = await TryAsync(browser, DashboardServer.Email, DashboardServer.Password, asked.Headers.Location!.PathAndQuery);

        Assert.Equal("/w/studio/connections?x=1", answer.Location());
        using var page = await browser.GetAsync(answer.Location(), Token);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task SignIn_OfAnUnknownPersonAndWithAWrongPassword_AnswersTheSame()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);

        using var unknown = await TryAsync(server.Browser(), "nobody@example.org", "whatever it may be");
        using var wrong = await TryAsync(server.Browser(), DashboardServer.Email, "whatever it may be");

        Assert.Equal(await ErrorAsync(unknown), await ErrorAsync(wrong));
        Assert.Equal(HttpStatusCode.OK, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
    }

    [Fact]
    public async Task SignIn_AfterTenWrongPasswords_RefusesTheRightOneWithTheSameWords()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);
        for (var i = 0; i < 10; i++)
        {
            using var wrong = await TryAsync(server.Browser(), DashboardServer.Email, "whatever it may be");
        }

        using var right = await TryAsync(server.Browser(), DashboardServer.Email, DashboardServer.Password);

        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Contains("do not match", await ErrorAsync(right), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_TriedTooOften_IsSlowedDownByAddress()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i <= SignInLimiter.TriesPerMinute; i++)
        {
            using var answer = await TryAsync(server.Browser(), $"nobody{i}@example.org", "whatever it may be");
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.All(statuses.SkipLast(1), s => Assert.Equal(HttpStatusCode.OK, s));
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("/./\\evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https:evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("evil.example")]
    [InlineData("")]
    public async Task SignIn_WithAReturnAddressElsewhere_LeadsHome(string returnUrl)
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);

        using var answer = await TryAsync(server.Browser(), DashboardServer.Email, DashboardServer.Password, $"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}");

        Assert.Equal("/", answer.Location());
    }

    [Fact]
    public async Task SignIn_OverHttps_SetsAHostCookieThatHttpNeverReads()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);

        using var answer = await TryAsync(server.Browser("https://studio.example"), DashboardServer.Email, DashboardServer.Password);

        var cookie = Assert.Single(answer.SetCookies(), c => c.StartsWith("__Host-batchwork=", StringComparison.Ordinal));
        Assert.All(["secure", "httponly", "samesite=lax", "path=/"], part => Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task SignIn_OverHttp_SetsThePlainCookieThatHttpsNeverReads()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);
        using var answer = await TryAsync(server.Browser(), DashboardServer.Email, DashboardServer.Password);
        var cookie = Assert.Single(answer.SetCookies(), c => c.StartsWith("batchwork=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);

        using var planted = new HttpRequestMessage(HttpMethod.Get, "https://localhost/w/studio");
        planted.Headers.Add("Cookie", cookie.Split(';')[0]);
        planted.AcceptOnly("text/html");
        using var refused = await server.Browser("https://localhost").SendAsync(planted, Token);

        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
    }

    [Fact]
    public async Task SignOut_WithTheForm_EndsTheSessionAndWithoutItDoesNot()
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);

        using var forged = await browser.PostAsync("/sign-out", new FormUrlEncodedContent([]), Token);
        using var still = await browser.GetAsync("/w/studio", Token);

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task Password_WhenReset_EndsOldSessions()
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);
        await using (var scope = server.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
            var user = await users.FindByEmailAsync(DashboardServer.Email);
            var result = await users.ResetPasswordAsync(user!, await users.GeneratePasswordResetTokenAsync(user!), "another quiet lamp here");
            Assert.True(result.Succeeded);
        }

        using var answer = await browser.GetAsync("/w/studio", Token);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith("/sign-in", answer.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> TryAsync(HttpClient browser, string email, string password, string address = "/sign-in") =>
        browser.PostFormAsync(address, Token, ("Form.Email", email), ("Form.Password", password));

    private static async Task<string> ErrorAsync(HttpResponseMessage answer) =>
        (await answer.DocumentAsync(Token)).QuerySelector("[role=alert]")!.TextContent.Trim();
}
