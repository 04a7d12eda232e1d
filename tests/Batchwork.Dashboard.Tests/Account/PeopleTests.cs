using System.Net;
using Batchwork.Dashboard.Identity;
using Batchwork.Dashboard.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Batchwork.Dashboard.Tests.Account;

public sealed class PeopleTests
{
    private const string Eve = "eve@example.org";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task People_ForSomebodyWhoIsNoAdministrator_IsForbidden()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);
        var id = await server.AddPersonAsync(Eve, Token);
        var eve = await server.SignInAsync(Token, Eve);
        var page = await eve.PageAsync("/account", Token);
        var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        using var look = await eve.GetAsync("/people", Token);
        using var content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("id", id)]);
        using var raise = await eve.PostAsync("/people/make-administrator", content, Token);

        Assert.Equal(HttpStatusCode.Forbidden, look.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, raise.StatusCode);
        Assert.Null(page.QuerySelector("a[href='/people']"));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => server.Services.GetRequiredService<PeopleService>().MakeAdministratorAsync(id, id, Token));
    }

    [Fact]
    public async Task Disable_EndsSessionsAndSignInWithTheSameWordsAsAWrongPassword()
    {
        await using var server = new DashboardServer();
        var ana = await server.SignedInAsync(Token);
        var id = await server.AddPersonAsync(Eve, Token);
        var eve = await server.SignInAsync(Token, Eve);

        using var done = await ana.SubmitAsync("/people", "/people/disable", Token, ("id", id));
        using var open = await eve.GetAsync("/account", Token);
        using var again = await server.Browser().SubmitAsync("/sign-in", "sign-in", Token, ("Form.Email", Eve), ("Form.Password", DashboardServer.Password));
        using var wrong = await server.Browser().SubmitAsync("/sign-in", "sign-in", Token, ("Form.Email", Eve), ("Form.Password", "whatever it may be"));

        Assert.Equal("/people?done=disabled", done.Location());
        Assert.Equal(HttpStatusCode.Redirect, open.StatusCode);
        Assert.Equal(await AlertAsync(wrong), await AlertAsync(again));

        using var enabled = await ana.SubmitAsync("/people", "/people/enable", Token, ("id", id));
        Assert.Equal("/people?done=enabled", enabled.Location());
        await server.SignInAsync(Token, Eve);
    }

    [Fact]
    public async Task EndSessions_ByAnAdministrator_SignsThemOutEverywhereAndLetsThemInAgain()
    {
        await using var server = new DashboardServer();
        var ana = await server.SignedInAsync(Token);
        var id = await server.AddPersonAsync(Eve, Token);
        var (first, second) = (await server.SignInAsync(Token, Eve), await server.SignInAsync(Token, Eve));

        using var done = await ana.SubmitAsync("/people", "/people/end-sessions", Token, ("id", id));
        using var there = await first.GetAsync("/account", Token);
        using var elsewhere = await second.GetAsync("/account", Token);
        using var here = await ana.GetAsync("/account", Token);

        Assert.Equal("/people?done=sessions", done.Location());
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect, HttpStatusCode.OK), (there.StatusCode, elsewhere.StatusCode, here.StatusCode));
        await server.SignInAsync(Token, Eve);
    }

    [Theory]
    [InlineData("/people/disable")]
    [InlineData("/people/unmake-administrator")]
    public async Task LastAdministrator_StaysWhoTheyAre(string action)
    {
        await using var server = new DashboardServer();
        var ana = await server.SignedInAsync(Token);
        var self = (await server.OwnerAsync(Token)).UserId;

        using var answer = await ana.SubmitAsync("/people", action, Token, ("id", self));
        using var still = await ana.GetAsync("/people", Token);

        Assert.Equal("/people?failed=last", answer.Location());
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task TwoAdministrators_WhoUnmakeEachOtherAtOnce_LeaveOne()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);
        var ana = (await server.OwnerAsync(Token)).UserId;
        var eve = await server.AddPersonAsync(Eve, Token);
        var people = server.Services.GetRequiredService<PeopleService>();
        Assert.Equal(PersonChange.Done, await people.MakeAdministratorAsync(ana, eve, Token));

        var outcomes = await Task.WhenAll(Outcome(ana, eve), Outcome(eve, ana));

        Assert.Single(outcomes, o => o);
        async Task<bool> Outcome(string by, string whom)
        {
            try
            {
                return await people.UnmakeAdministratorAsync(by, whom, Token) is PersonChange.Done;
            }
            catch (UnauthorizedAccessException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task Administrator_Unmade_LosesTheRightAtTheNextRequest()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);
        var ana = (await server.OwnerAsync(Token)).UserId;
        var id = await server.AddPersonAsync(Eve, Token);
        var people = server.Services.GetRequiredService<PeopleService>();
        await people.MakeAdministratorAsync(ana, id, Token);
        var eve = await server.SignInAsync(Token, Eve);
        using var before = await eve.GetAsync("/people", Token);

        await people.UnmakeAdministratorAsync(ana, id, Token);
        using var after = await eve.GetAsync("/people", Token);
        using var account = await eve.GetAsync("/account", Token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.OK), (before.StatusCode, after.StatusCode, account.StatusCode));
    }

    [Fact]
    public async Task ResetLink_SetsAPasswordOnceAndEndsSessions()
    {
        await using var server = new DashboardServer();
        var ana = await server.SignedInAsync(Token);
        var id = await server.AddPersonAsync(Eve, Token);
        var eve = await server.SignInAsync(Token, Eve);

        using var made = await ana.SubmitAsync("/people", $"link-{id}", Token);
        var link = (await made.DocumentAsync(Token)).QuerySelector("input[readonly]")!.GetAttribute("value")!;
        var address = new Uri(link).PathAndQuery;
        using var weak = await server.Browser().SubmitAsync(address, "reset", Token, ("Form.Password", "password1234"));
        using var used = await server.Browser().SubmitAsync(address, "reset", Token, ("Form.Password", "green paper moon six"));
        var after = await server.Browser().PageAsync(address, Token);
        using var open = await eve.GetAsync("/account", Token);

        Assert.Matches("^/reset-password\\?token=[A-Za-z0-9_-]{43}$", address);
        Assert.Equal(HttpStatusCode.OK, weak.StatusCode);
        Assert.Equal("/sign-in", used.Location());
        Assert.Null(after.QuerySelector("form"));
        Assert.Equal(HttpStatusCode.Redirect, open.StatusCode);
        await server.SignInAsync(Token, Eve, "green paper moon six");
        await using var context = await server.Services.GetRequiredService<IDbContextFactory<AppIdentityDbContext>>().CreateDbContextAsync(Token);
        Assert.Empty(context.ResetLinks);
    }

    [Fact]
    public async Task ResetLink_AfterADayOrReplaced_IsNoGood()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = new DashboardServer { Configure = services => services.AddSingleton<TimeProvider>(time) };
        await server.SetUpAsync(Token);
        var links = server.Services.GetRequiredService<ResetLinks>();
        var id = await server.AddPersonAsync(Eve, Token);
        var first = await links.MakeAsync(id, Token);
        var second = await links.MakeAsync(id, Token);
        Assert.False(await links.IsGoodAsync(first, Token));
        Assert.True(await links.IsGoodAsync(second, Token));

        time.Advance(ResetLinks.Lifetime);

        Assert.Null(await links.UseAsync(second, "green paper moon six", Token));
    }

    private static async Task<string> AlertAsync(HttpResponseMessage answer) => (await answer.DocumentAsync(Token)).QuerySelector("[role=alert]")!.TextContent.Trim();
}
