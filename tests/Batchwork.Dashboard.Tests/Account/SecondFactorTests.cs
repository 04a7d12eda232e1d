using System.Net;
using Batchwork.Dashboard.Identity;
using Batchwork.Dashboard.Identity.SecondFactor;
using Batchwork.Dashboard.Tests.Hosting;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Batchwork.Dashboard.Tests.Account;

public sealed class SecondFactorTests
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The examples of RFC 6238, appendix B, with six digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void CodeOf_TheExamplesOfTheStandard_IsTheirs(long seconds, string code) =>
        Assert.Equal(code, OneTimeCodes.CodeOf("12345678901234567890"u8, OneTimeCodes.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    /// <summary>The examples of RFC 4648, without padding.</summary>
    [Theory]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_TheExamplesOfTheStandard_IsTheirs(string text, string expected) =>
        Assert.Equal(expected, OneTimeCodes.Base32(System.Text.Encoding.ASCII.GetBytes(text)));

    [Fact]
    public async Task SetUp_WithAWrongCode_ChangesNothingAndKeepsTheKey()
    {
        await using var server = Server();
        var browser = await server.SignedInAsync(Token);
        var page = await browser.PageAsync("/account/authenticator", Token);

        using var answer = await browser.SubmitAsync(page, "/account/authenticator", "authenticator", Token, ("Form.Code", "000000"));

        var after = await answer.DocumentAsync(Token);
        Assert.Equal(KeyOf(page), KeyOf(after));
        Assert.Contains("This is not the code", after.QuerySelector("#code-error")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("svg[role=img]"));
        using var signedIn = await TryPasswordAsync(server.Browser());
        Assert.Equal("/", signedIn.Location());
    }

    [Fact]
    public async Task SignIn_WithTheAppOn_AsksForACodeAndTakesItOnce()
    {
        await using var server = Server();
        var (browser, key, _) = await TurnOnAsync(server);
        using var still = await browser.GetAsync("/w/studio", Token);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        _time.Advance(TimeSpan.FromSeconds(30));
        var code = OneTimeCodes.CodeOf(key, OneTimeCodes.StepOf(_time.GetUtcNow()));

        var visitor = server.Browser();
        using var password = await TryPasswordAsync(visitor, "/sign-in?returnUrl=%2Fw%2Fstudio%2Fjobs");
        using var early = await visitor.GetAsync("/w/studio", Token);
        using var wrong = await visitor.SubmitAsync(password.Location()!, "second-step", Token, ("Form.Code", "123"));
        using var right = await visitor.SubmitAsync(password.Location()!, "second-step", Token, ("Form.Code", code[..3] + " " + code[3..]));

        Assert.Equal("/sign-in/second-step?returnUrl=%2Fw%2Fstudio%2Fjobs", password.Location());
        Assert.Equal(HttpStatusCode.Redirect, early.StatusCode);
        Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        Assert.Equal("/w/studio/jobs", right.Location());

        var thief = server.Browser();
        using var again = await TryPasswordAsync(thief);
        using var replayed = await thief.SubmitAsync(again.Location()!, "second-step", Token, ("Form.Code", code));
        Assert.Equal(HttpStatusCode.OK, replayed.StatusCode);
        Assert.Contains("was used already", (await replayed.DocumentAsync(Token)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void Code_OfAnotherHalfMinute_IsTakenFromTheNeighboursOnly(int seconds, bool isTaken)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_796_000_010);
        var code = OneTimeCodes.CodeOf("12345678901234567890"u8, OneTimeCodes.StepOf(now.AddSeconds(seconds)));

        Assert.Equal(isTaken, OneTimeCodes.FindStep("12345678901234567890"u8, code, now) is not null);
    }

    [Fact]
    public async Task ResetLink_OfSomebodyWithAnApp_LeavesTheAppOn()
    {
        await using var server = Server();
        await TurnOnAsync(server);
        var link = await server.Services.GetRequiredService<ResetLinks>().MakeAsync((await server.OwnerAsync(Token)).UserId, Token);

        using var reset = await server.Browser().SubmitAsync($"/reset-password?token={link}", "reset", Token, ("Form.Password", "green paper moon six"));
        using var signedIn = await server.Browser().SubmitAsync("/sign-in", "sign-in", Token, ("Form.Email", DashboardServer.Email), ("Form.Password", "green paper moon six"));

        Assert.Equal("/sign-in", reset.Location());
        Assert.StartsWith("/sign-in/second-step", signedIn.Location(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResetSecondFactor_ByAnAdministrator_EndsSessionsAndAppAndCodes()
    {
        await using var server = Server();
        var (eve, _, codes) = await TurnOnAsync(server);
        var id = (await server.OwnerAsync(Token)).UserId;

        Assert.Equal(PersonChange.Done, await server.Services.GetRequiredService<PeopleService>().ResetSecondFactorAsync(id, id, Token));
        using var open = await eve.GetAsync("/account", Token);
        using var signedIn = await TryPasswordAsync(server.Browser());

        Assert.Equal(HttpStatusCode.Redirect, open.StatusCode);
        Assert.Equal("/", signedIn.Location());
        Assert.False(await server.Services.GetRequiredService<RecoveryCodes>().TakeAsync(id, codes[0], Token));
    }

    [Fact]
    public async Task Code_SentTwiceAtOnce_IsTakenOnce()
    {
        await using var server = Server();
        var (_, key, _) = await TurnOnAsync(server);
        _time.Advance(TimeSpan.FromSeconds(30));
        var code = OneTimeCodes.CodeOf(key, OneTimeCodes.StepOf(_time.GetUtcNow()));
        var userId = (await server.OwnerAsync(Token)).UserId;
        var service = server.Services.GetRequiredService<AuthenticatorService>();

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => service.TakeAsync(userId, code, Token), Token)));

        Assert.Single(taken, t => t);
    }

    [Fact]
    public async Task RecoveryCode_LetsInOnceAndIsKeptAsAHash()
    {
        await using var server = Server();
        var (_, _, codes) = await TurnOnAsync(server);
        Assert.Equal(RecoveryCodes.Count, codes.Distinct().Count());
        // From 112 bits on, ASVS lets a plain hash be enough.
        Assert.All(codes, code => Assert.True(code.Count(char.IsAsciiLetterOrDigit) * 5 >= 112, code));
        await using (var context = await server.Services.GetRequiredService<IDbContextFactory<AppIdentityDbContext>>().CreateDbContextAsync(Token))
        {
            var kept = await context.RecoveryCodes.Select(c => c.Hash).ToListAsync(Token);
            Assert.All(kept, hash => Assert.Equal(64, hash.Length));
            Assert.DoesNotContain(kept, hash => codes.Any(c => hash.Contains(c.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)));
        }

        using var first = await RecoverAsync(server, codes[0].ToUpperInvariant());
        using var second = await RecoverAsync(server, codes[0]);

        Assert.Equal("/", first.Location());
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        var page = await (await SignInWithCodeAsync(server, codes[1])).PageAsync("/account/security", Token);
        Assert.Contains("8 recovery codes are left", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecoveryCodes_WhenRenewed_MakeTheOldOnesWorthless()
    {
        await using var server = Server();
        var (browser, _, codes) = await TurnOnAsync(server);

        using var renewed = await browser.SubmitAsync("/account/recovery-codes", "recovery-codes", Token);
        var fresh = Codes(await renewed.DocumentAsync(Token));
        using var old = await RecoverAsync(server, codes[0]);
        using var now = await RecoverAsync(server, fresh[0]);

        Assert.Equal(RecoveryCodes.Count, fresh.Count);
        Assert.Equal(HttpStatusCode.OK, old.StatusCode);
        Assert.Equal("/", now.Location());
    }

    [Fact]
    public async Task Remember_SkipsTheCodeInThatBrowserUntilTheFactorIsSetUpAgain()
    {
        await using var server = Server();
        var (browser, key, _) = await TurnOnAsync(server);
        _time.Advance(TimeSpan.FromSeconds(30));
        var home = server.Browser();
        using var password = await TryPasswordAsync(home);
        using var step = await home.SubmitAsync(
            password.Location()!, "second-step", Token, ("Form.Code", OneTimeCodes.CodeOf(key, OneTimeCodes.StepOf(_time.GetUtcNow()))), ("Form.Remember", "true"));
        Assert.Equal("/", step.Location());
        using var left = await home.SubmitAsync("/account", "/sign-out", Token);
        using var remembered = await TryPasswordAsync(home);
        Assert.Equal("/", remembered.Location());
        using var leftAgain = await home.SubmitAsync("/account", "/sign-out", Token);

        _time.Advance(TimeSpan.FromSeconds(30));
        var page = await browser.PageAsync("/account/authenticator", Token);
        using var changed = await browser.SubmitAsync(page, "/account/authenticator", "authenticator", Token, ("Form.Code", CodeOf(page)));
        Assert.Equal(RecoveryCodes.Count, Codes(await changed.DocumentAsync(Token)).Count);
        using var asked = await TryPasswordAsync(home);

        Assert.StartsWith("/sign-in/second-step", asked.Location(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TurnOff_AfterARecentProof_SignsInWithThePasswordAlone()
    {
        await using var server = Server();
        var (browser, _, _) = await TurnOnAsync(server);

        using var off = await browser.SubmitAsync("/account/security", "/account/second-factor/off", Token);
        using var signedIn = await TryPasswordAsync(server.Browser());

        Assert.Equal("/account/security?done=second-factor-off", off.Location());
        Assert.Equal("/", signedIn.Location());
    }

    [Theory]
    [InlineData("/account/authenticator")]
    [InlineData("/account/password")]
    [InlineData("/account/email")]
    [InlineData("/account/recovery-codes")]
    public async Task Page_ThatChangesSignIn_AsksAgainAfterTenMinutes(string address)
    {
        await using var server = Server();
        var browser = await server.SignedInAsync(Token);
        _time.Advance(TimeSpan.FromMinutes(11));

        using var asked = await browser.GetAsync(address, Token);
        using var wrong = await browser.SubmitAsync(asked.Location()!, "confirm", Token, ("Form.Password", "something else here"));
        using var right = await browser.SubmitAsync(asked.Location()!, "confirm", Token, ("Form.Password", DashboardServer.Password));

        Assert.Equal($"/account/confirm?returnUrl={Uri.EscapeDataString(address)}", asked.Location());
        Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        Assert.Equal(address, right.Location());
    }

    [Fact]
    public async Task TurnOff_WithoutARecentProof_IsNotDone()
    {
        await using var server = Server();
        var (browser, _, _) = await TurnOnAsync(server);
        var page = await browser.PageAsync("/account/security", Token);
        _time.Advance(TimeSpan.FromMinutes(11));

        using var answer = await browser.SubmitAsync(page, "/account/security", "/account/second-factor/off", Token);
        using var signedIn = await TryPasswordAsync(server.Browser());

        Assert.StartsWith("/account/confirm", answer.Location(), StringComparison.Ordinal);
        Assert.StartsWith("/sign-in/second-step", signedIn.Location(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workspace_ThatAsksForIt_LetsInWhoSetsItUp()
    {
        await using var server = Server();
        var browser = await server.SignedInAsync(Token);
        await server.Services.GetRequiredService<WorkspaceService>().RequireSecondFactorAsync(await server.OwnerAsync(Token), isRequired: true, Token);

        using var page = await browser.GetAsync("/w/studio/jobs?state=done", Token);
        using var file = await browser.GetAsync($"/w/studio/images/{Guid.Empty}/file", Token);
        Assert.Equal("/account/second-factor?returnUrl=%2Fw%2Fstudio%2Fjobs%3Fstate%3Ddone", page.Location());
        Assert.Equal(HttpStatusCode.Forbidden, file.StatusCode);
        Assert.Contains("This workspace asks its members", (await browser.PageAsync(page.Location()!, Token)).Body!.TextContent, StringComparison.Ordinal);

        var setUp = await browser.PageAsync("/account/authenticator", Token);
        using var turnedOn = await browser.SubmitAsync(setUp, "/account/authenticator", "authenticator", Token, ("Form.Code", CodeOf(setUp)));
        using var after = await browser.GetAsync("/w/studio/jobs?state=done", Token);

        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task Secret_OfAnotherPerson_IsNotTaken()
    {
        await using var server = Server();
        var browser = await server.SignedInAsync(Token);
        var service = server.Services.GetRequiredService<AuthenticatorService>();
        var foreign = service.NewSecret("somebody-else");
        var code = OneTimeCodes.CodeOf(service.Open("somebody-else", foreign)!, OneTimeCodes.StepOf(_time.GetUtcNow()));

        using var answer = await browser.SubmitAsync("/account/authenticator", "authenticator", Token, ("Form.Secret", foreign), ("Form.Code", code));

        Assert.Contains("This is not the code", (await answer.DocumentAsync(Token)).Body!.TextContent, StringComparison.Ordinal);
    }

    private DashboardServer Server() => new() { Configure = services => services.AddSingleton<TimeProvider>(_time) };

    private async Task<(HttpClient Browser, byte[] Key, IReadOnlyList<string> Codes)> TurnOnAsync(DashboardServer server)
    {
        var browser = await server.SignedInAsync(Token);
        var page = await browser.PageAsync("/account/authenticator", Token);
        using var answer = await browser.SubmitAsync(page, "/account/authenticator", "authenticator", Token, ("Form.Code", CodeOf(page)));
        var codes = Codes(await answer.DocumentAsync(Token));
        Assert.NotEmpty(codes);
        return (browser, FromBase32(KeyOf(page)), codes);
    }

    private string CodeOf(AngleSharp.Html.Dom.IHtmlDocument page) => OneTimeCodes.CodeOf(FromBase32(KeyOf(page)), OneTimeCodes.StepOf(_time.GetUtcNow()));

    private static string KeyOf(AngleSharp.Html.Dom.IHtmlDocument page) => page.QuerySelector("code.secret")!.TextContent.Replace(" ", "", StringComparison.Ordinal);

    private static List<string> Codes(AngleSharp.Html.Dom.IHtmlDocument page) => [.. page.QuerySelectorAll(".codes code").Select(c => c.TextContent)];

    private static async Task<HttpResponseMessage> RecoverAsync(DashboardServer server, string code) => await RecoverAsync(server.Browser(), code);

    private static async Task<HttpResponseMessage> RecoverAsync(HttpClient browser, string code)
    {
        using var password = await TryPasswordAsync(browser);
        return await browser.SubmitAsync(password.Location() + "&recovery=true", "second-step", Token, ("Form.Code", code));
    }

    private static async Task<HttpClient> SignInWithCodeAsync(DashboardServer server, string code)
    {
        var browser = server.Browser();
        using var answer = await RecoverAsync(browser, code);
        return browser;
    }

    private static Task<HttpResponseMessage> TryPasswordAsync(HttpClient browser, string address = "/sign-in") =>
        browser.SubmitAsync(address, "sign-in", Token, ("Form.Email", DashboardServer.Email), ("Form.Password", DashboardServer.Password));

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
