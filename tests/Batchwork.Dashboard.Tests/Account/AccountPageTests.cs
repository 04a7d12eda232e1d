using System.Net;
using Batchwork.Dashboard.Tests.Hosting;

namespace Batchwork.Dashboard.Tests.Account;

public sealed class AccountPageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Name_WhenChanged_IsSaidFromTheNextRequestOn()
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);

        using var saved = await browser.SubmitAsync("/account", "profile", Token, ("Form.Name", "Ana <b>Novak</b>"));
        var page = await browser.PageAsync(saved.Location()!, Token);

        Assert.Equal("Ana <b>Novak</b>", page.QuerySelector("input[name='Form.Name']")!.GetAttribute("value"));
        Assert.Equal("Saved.", page.QuerySelector("[role=status]")!.TextContent);
    }

    [Fact]
    public async Task Theme_WhenChosen_ComesWithTheNextPage()
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);

        using var saved = await browser.SubmitAsync("/account", "/account/theme", Token, ("theme", "Dark"));

        Assert.Equal("dark", (await browser.PageAsync(saved.Location()!, Token)).DocumentElement.GetAttribute("data-theme"));
    }

    [Fact]
    public async Task Password_WhenChanged_EndsAllOtherSessionsAndNotThisOne()
    {
        await using var server = new DashboardServer();
        var other = await server.SignedInAsync(Token);
        var browser = await server.SignInAsync(Token);

        using var changed = await browser.SubmitAsync(
            "/account/password", "password", Token, ("Form.Current", DashboardServer.Password), ("Form.Password", "another quiet lamp here"));
        using var here = await browser.GetAsync("/w/studio", Token);
        using var there = await other.GetAsync("/w/studio", Token);

        Assert.Equal("/account/security?done=password", changed.Location());
        Assert.Equal(HttpStatusCode.OK, here.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, there.StatusCode);
        await server.SignInAsync(Token, password: "another quiet lamp here");
    }

    [Theory]
    [InlineData("wrong password here", "another quiet lamp here", "This is not your password.")]
    [InlineData(DashboardServer.Password, "password1234", "This password is easy to guess.")]
    [InlineData(DashboardServer.Password, "kovač-ANA-2026!", "Do not make the password of your own name or address")]
    [InlineData(DashboardServer.Password, "ana@example.org", "Do not make the password of your own name or address")]
    [InlineData(DashboardServer.Password, "My Batchwork 98", "Do not make the password of your own name or address, or of Batchwork's")]
    [InlineData(DashboardServer.Password, "eleven long", "Use at least 12 characters.")]
    public async Task Password_ThatCannotBe_IsRefusedWithTheReason(string current, string password, string reason)
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);

        using var answer = await browser.SubmitAsync("/account/password", "password", Token, ("Form.Current", current), ("Form.Password", password));

        Assert.Contains(reason, (await answer.DocumentAsync(Token)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        await server.SignInAsync(Token);
    }

    /// <summary>No rules about kinds of characters, at least 64 characters, any writing.</summary>
    [Theory]
    [InlineData("only lower case words")]
    [InlineData("пароль из многих слов")]
    [InlineData("紙の月が静かに昇る夜のこと🌙")]
    [InlineData("a hundred and more characters are a sentence that somebody remembers and types without looking, every single morning")]
    public async Task Password_OfAnyWritingAndLength_IsTaken(string password)
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);

        using var changed = await browser.SubmitAsync("/account/password", "password", Token, ("Form.Current", DashboardServer.Password), ("Form.Password", password));

        Assert.Equal("/account/security?done=password", changed.Location());
        await server.SignInAsync(Token, password: password);
    }

    [Fact]
    public async Task Email_WhenChanged_SignsInWithTheNewOneOnly()
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);

        using var changed = await browser.SubmitAsync("/account/email", "email", Token, ("Form.Email", "ana.new@example.org"));
        using var old = await server.Browser().SubmitAsync("/sign-in", "sign-in", Token, ("Form.Email", DashboardServer.Email), ("Form.Password", DashboardServer.Password));

        Assert.Equal("/account?done=saved", changed.Location());
        Assert.Equal(HttpStatusCode.OK, old.StatusCode);
        await server.SignInAsync(Token, "ana.new@example.org");
    }

    [Fact]
    public async Task Email_OfSomebodyElse_IsRefused()
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);
        await server.AddPersonAsync("eve@example.org", Token);

        using var answer = await browser.SubmitAsync("/account/email", "email", Token, ("Form.Email", "EVE@example.org"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("already taken", (await answer.DocumentAsync(Token)).QuerySelector("#email-error")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notice_MadeUpInAnAddress_IsNotShown()
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);

        var page = await browser.PageAsync("/account?done=Call%20this%20number", Token);

        Assert.Null(page.QuerySelector("[role=status]"));
    }

    [Fact]
    public void SignIn_GuessedAtFromManyAddresses_IsSlowedDownByAccount()
    {
        using var limiter = new Batchwork.Dashboard.Identity.AccountLimiter();
        var tries = Enumerable.Range(0, Batchwork.Dashboard.Identity.AccountLimiter.TriesPerMinute + 1).Select(_ => limiter.Try("Ana@example.org ")).ToList();

        Assert.All(tries.SkipLast(1), Assert.True);
        Assert.False(tries[^1]);
        Assert.False(limiter.Try("ana@EXAMPLE.org"));
        Assert.True(limiter.Try("eve@example.org"));
    }
}
