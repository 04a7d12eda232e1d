using System.Globalization;
using System.Net;
using System.Security.Claims;
using Batchwork.Dashboard.Identity;
using Batchwork.Dashboard.Identity.Sessions;
using Batchwork.Dashboard.Tests.Hosting;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Dashboard.Tests.Account;

public sealed class SessionTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sessions_OfTwoBrowsers_AreListedWithDeviceAndThisOneMarked()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);
        var first = server.Browser();
        first.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        using var signedIn = await first.SubmitAsync("/sign-in", "sign-in", Token, ("Form.Email", DashboardServer.Email), ("Form.Password", DashboardServer.Password));
        var second = await server.SignInAsync(Token);

        var page = await second.PageAsync("/account/sessions", Token);

        var rows = page.QuerySelectorAll("ul[aria-label=Sessions] > li").Select(r => r.TextContent).ToList();
        Assert.Equal(2, rows.Count);
        Assert.Single(rows, r => r.Contains("Firefox on Linux", StringComparison.Ordinal) && !r.Contains("This one", StringComparison.Ordinal));
        Assert.Single(rows, r => r.Contains("This one", StringComparison.Ordinal));
    }

    [Fact]
    public async Task End_OfAnotherSession_SignsThatBrowserOutAtItsNextRequest()
    {
        await using var server = new DashboardServer();
        var first = await server.SignedInAsync(Token);
        var second = await server.SignInAsync(Token);
        var others = await SessionIdsAsync(server);
        var mine = (await second.PageAsync("/account/sessions", Token)).QuerySelector("form[action='/account/sessions/end'] input[name=id]")!.GetAttribute("value")!;
        Assert.Contains(Guid.Parse(mine), others);

        using var ended = await second.SubmitAsync("/account/sessions", "/account/sessions/end", Token, ("id", mine));
        using var theirs = await first.GetAsync("/w/studio", Token);
        using var ours = await second.GetAsync("/w/studio", Token);

        Assert.Equal("/account/sessions?done=session-ended", ended.Location());
        Assert.Equal(HttpStatusCode.Redirect, theirs.StatusCode);
        Assert.Equal(HttpStatusCode.OK, ours.StatusCode);
    }

    [Fact]
    public async Task End_OfSomebodyElsesSession_DoesNothing()
    {
        await using var server = new DashboardServer();
        var ana = await server.SignedInAsync(Token);
        var victim = Assert.Single(await SessionIdsAsync(server));
        await server.AddPersonAsync("eve@example.org", Token);
        var eve = await server.SignInAsync(Token, "eve@example.org");
        var page = await eve.PageAsync("/account/security", Token);
        var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        using var content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("id", victim.ToString())]);
        using var answer = await eve.PostAsync("/account/sessions/end", content, Token);
        using var still = await ana.GetAsync("/w/studio", Token);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Theory]
    [InlineData("/account/sessions/end-others")]
    [InlineData("/account/sessions/end")]
    [InlineData("/account/second-factor/off")]
    [InlineData("/account/theme")]
    [InlineData("/account/passkeys/remove")]
    [InlineData("/account/passkeys/options")]
    [InlineData("/people/disable")]
    public async Task Post_WithoutTheFormsToken_IsRefused(string address)
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);

        using var content = new FormUrlEncodedContent([new("id", Guid.Empty.ToString()), new("theme", "Dark")]);
        using var answer = await browser.PostAsync(address, content, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task SignIn_WithACookieOfAnotherSession_BeginsANewOneAndEndsTheOld()
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);
        var before = Assert.Single(await SessionIdsAsync(server));

        // A second set of browser cookies is signed in over the first, as an attacker who plants a cookie hopes for.
        using var form = await browser.GetAsync("/sign-in", Token);
        Assert.Equal(HttpStatusCode.Redirect, form.StatusCode);
        await using (var scope = server.Services.CreateAsyncScope())
        {
            Assert.NotNull(await scope.ServiceProvider.GetRequiredService<SessionService>().FindAsync(before, Token));
        }

        using var left = await browser.SubmitAsync("/account", "/sign-out", Token);
        using var again = await browser.SubmitAsync("/sign-in", "sign-in", Token, ("Form.Email", DashboardServer.Email), ("Form.Password", DashboardServer.Password));

        Assert.NotEqual(before, Assert.Single(await SessionIdsAsync(server)));
    }

    [Fact]
    public async Task SignOut_TakesTheSessionWithIt_SoACopiedCookieIsWorthless()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);
        var browser = server.Browser();
        using var entered = await browser.SubmitAsync("/sign-in", "sign-in", Token, ("Form.Email", DashboardServer.Email), ("Form.Password", DashboardServer.Password));
        var copied = Assert.Single(entered.SetCookies(), c => c.StartsWith("batchwork=", StringComparison.Ordinal)).Split(';')[0];

        using var left = await browser.SubmitAsync("/account", "/sign-out", Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/w/studio");
        request.Headers.Add("Cookie", copied);
        using var answer = await server.Browser().SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Empty(await SessionIdsAsync(server));
    }

    [Fact]
    public async Task Page_WhoseSessionIsEnded_HearsOfItAtOnce()
    {
        await using var server = new DashboardServer();
        await server.SignedInAsync(Token);
        var id = Assert.Single(await SessionIdsAsync(server));
        await using var scope = server.Services.CreateAsyncScope();
        var (states, ended) = await OpenPageAsync(server, scope, id);

        await server.Services.GetRequiredService<SessionService>().EndAsync((await states.GetAuthenticationStateAsync()).User.UserId(), id, Token);

        Assert.False((await ended.WaitAsync(s_patience, Token)).User.Identity!.IsAuthenticated);
    }

    [Fact]
    public async Task Page_OfSomebodyWhoIsDisabled_HearsOfItAtOnce()
    {
        await using var server = new DashboardServer();
        await server.SignedInAsync(Token);
        var (ana, userId) = ((await server.OwnerAsync(Token)).UserId, await server.AddPersonAsync("eve@example.org", Token));
        await server.SignInAsync(Token, "eve@example.org");
        await using var scope = server.Services.CreateAsyncScope();
        var (_, ended) = await OpenPageAsync(server, scope, await SessionIdOfAsync(server, userId));

        var change = await server.Services.GetRequiredService<PeopleService>().DisableAsync(ana, userId, TimeProvider.System.GetUtcNow(), Token);

        Assert.Equal(PersonChange.Done, change);
        Assert.False((await ended.WaitAsync(s_patience, Token)).User.Identity!.IsAuthenticated);
    }

    [Fact]
    public async Task Page_OfAnotherPerson_HearsNothing()
    {
        var changes = new AccessChanges();
        var heard = new TaskCompletionSource();
        var others = false;
        using var mine = changes.Subscribe("ana", heard.SetResult);
        using var theirs = changes.Subscribe("eve", () => others = true);
        changes.Subscribe("ana", () => others = true).Dispose();

        changes.Publish("ana");
        await heard.Task.WaitAsync(s_patience, Token);

        Assert.False(others);
    }

    [Fact]
    public async Task Session_ForgottenFor14Days_IsOver()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = new DashboardServer { Configure = services => services.AddSingleton<TimeProvider>(time) };
        await server.SignedInAsync(Token);
        var id = Assert.Single(await SessionIdsAsync(server));
        var sessions = server.Services.GetRequiredService<SessionService>();
        time.Advance(TimeSpan.FromDays(14));
        Assert.NotNull(await sessions.FindAsync(id, Token));

        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await sessions.FindAsync(id, Token));
    }

    [Theory]
    [InlineData(null, 30)]
    [InlineData("3", 3)]
    public async Task Session_InDailyUse_IsOverAfterItsLongestTime(string? setting, int days)
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = new DashboardServer { Configure = services => services.AddSingleton<TimeProvider>(time) };
        if (setting is not null)
        {
            server.Settings["Batchwork:Sessions:LongestDays"] = setting;
        }

        var browser = await server.SignedInAsync(Token);
        for (var day = 1; day <= days; day++)
        {
            time.Advance(TimeSpan.FromDays(1));
            using var inUse = await browser.GetAsync("/account", Token);
            Assert.Equal(HttpStatusCode.OK, inUse.StatusCode);
        }

        time.Advance(TimeSpan.FromSeconds(1));
        using var over = await browser.GetAsync("/account", Token);

        Assert.Equal(HttpStatusCode.Redirect, over.StatusCode);
        Assert.StartsWith("/sign-in", over.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignOut_LetsTheBrowserForgetItsPictures()
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);
        using var page = await browser.GetAsync("/account", Token);

        using var left = await browser.SubmitAsync("/account", "/sign-out", Token);

        Assert.Equal("\"cache\"", left.Headers.GetValues("Clear-Site-Data").Single());
        Assert.False(page.Headers.Contains("Clear-Site-Data"));
    }

    [Fact]
    public async Task Cookie_WhoseSessionWasEnded_IsTakenAwayWithTheKeptPictures()
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);
        await server.Services.GetRequiredService<SessionService>().EndAllAsync((await server.OwnerAsync(Token)).UserId, Token);

        using var answer = await browser.GetAsync("/account", Token);

        Assert.Equal("\"cache\"", answer.Headers.GetValues("Clear-Site-Data").Single());
    }

    [Theory]
    [InlineData("/account/sessions/end")]
    [InlineData("/account/sessions/end-others")]
    public async Task End_WithoutARecentProof_AsksForItFirst(string action)
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = new DashboardServer { Configure = services => services.AddSingleton<TimeProvider>(time) };
        var other = await server.SignedInAsync(Token);
        var browser = await server.SignInAsync(Token);
        var page = await browser.PageAsync("/account/sessions", Token);
        time.Advance(TimeSpan.FromMinutes(11));

        using var answer = await browser.SubmitAsync(page, "/account/sessions", action, Token);
        using var still = await other.GetAsync("/account", Token);

        Assert.Equal("/account/confirm?returnUrl=%2Faccount%2Fsessions", answer.Location());
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    private static async Task<(AuthenticationStateProvider States, Task<AuthenticationState> Ended)> OpenPageAsync(DashboardServer server, AsyncServiceScope scope, Guid session)
    {
        var live = await server.Services.GetRequiredService<SessionService>().FindAsync(session, Token);
        var identity = new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, live!.UserId), new(AppClaims.Session, session.ToString("N", CultureInfo.InvariantCulture))], "test");
        var states = scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        ((IHostEnvironmentAuthenticationStateProvider)states).SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(identity))));
        var ended = new TaskCompletionSource<AuthenticationState>(TaskCreationOptions.RunContinuationsAsynchronously);
        states.AuthenticationStateChanged += async state => ended.TrySetResult(await state);
        return (states, ended.Task);
    }

    private static async Task<List<Guid>> SessionIdsAsync(DashboardServer server)
    {
        await using var context = await server.Services.GetRequiredService<IDbContextFactory<AppIdentityDbContext>>().CreateDbContextAsync(Token);
        return await context.Sessions.Select(s => s.Id).ToListAsync(Token);
    }

    private static async Task<Guid> SessionIdOfAsync(DashboardServer server, string userId)
    {
        await using var context = await server.Services.GetRequiredService<IDbContextFactory<AppIdentityDbContext>>().CreateDbContextAsync(Token);
        return await context.Sessions.Where(s => s.UserId == userId).Select(s => s.Id).SingleAsync(Token);
    }
}
