using System.Net;
using Batchwork.Dashboard.Identity;
using Batchwork.Dashboard.Identity.Provider;
using Batchwork.Dashboard.Tests.Hosting;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Dashboard.Tests.SignInProvider;

public sealed class SignInProviderTests
{
    private const string Eve = "eve@example.org";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_ByAMemberOfANamedGroup_MakesTheAccountAndTheRole()
    {
        await using var provider = await SmallProvider.StartAsync(Token);
        await using var server = Server(provider, ("WorkspaceRoles", "designers=studio:Creator, viewers=studio:Viewer"));
        await server.SetUpAsync(Token);
        provider.Person["groups"] = new[] { "designers", "viewers", "others" };
        var browser = server.Browser();

        using var answer = await EnterAsync(browser, "/sign-in?returnUrl=%2Fw%2Fstudio%2Fjobs");
        using var page = await browser.GetAsync(answer.Location(), Token);

        Assert.Equal("/w/studio/jobs", answer.Location());
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(Role.Creator, await RoleAsync(server));
        Assert.Contains("Sign-in provider", (await browser.PageAsync("/account/sessions", Token)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groups_ThatAPersonLeft_TakeTheRoleAwayButNotOneGivenHere()
    {
        await using var provider = await SmallProvider.StartAsync(Token);
        await using var server = Server(provider, ("WorkspaceRoles", "designers=studio:Creator, leads=other:Admin"));
        await server.SetUpAsync(Token);
        provider.Person["groups"] = new[] { "designers", "leads" };
        using var first = await EnterAsync(server.Browser());
        var id = await IdAsync(server);
        await server.Services.GetRequiredService<WorkspaceService>().CreateFirstAsync(id, "Own", "own", Token);

        provider.Person["groups"] = Array.Empty<string>();
        using var second = await EnterAsync(server.Browser());

        Assert.Null(await RoleAsync(server));
        Assert.Equal(["own"], (await server.Services.GetRequiredService<WorkspaceQueries>().ListAsync(id, Token)).Select(w => w.Slug));
    }

    [Fact]
    public async Task AdministratorGroup_MakesAndUnmakes_ButNeverTheLastLocalOne()
    {
        await using var provider = await SmallProvider.StartAsync(Token);
        await using var server = Server(provider, ("AdministratorGroup", "it"));
        await server.SetUpAsync(Token);
        provider.Person["groups"] = "it";
        var browser = server.Browser();
        using var made = await EnterAsync(browser);
        using var allowed = await browser.GetAsync("/people", Token);

        provider.Person["groups"] = "sales";
        using var unmade = await EnterAsync(server.Browser());
        using var refused = await browser.GetAsync("/people", Token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (allowed.StatusCode, refused.StatusCode));

        // Ana is the only administrator with a password here: leaving the group does not take it from her.
        var ana = await server.SignInAsync(Token);
        provider.Person["sub"] = "1002";
        provider.Person["email"] = DashboardServer.Email;
        using var connected = await ConnectAsync(ana);
        Assert.Equal("/account/security?done=linked", connected.Location());
        using var entered = await EnterAsync(server.Browser());
        using var still = await ana.GetAsync("/people", Token);
        Assert.Equal("/", entered.Location());
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task SignIn_WithAVerifiedAddress_ConnectsAnOrdinaryAccountOnce()
    {
        await using var provider = await SmallProvider.StartAsync(Token);
        await using var server = Server(provider);
        await server.SetUpAsync(Token);
        var id = await server.AddPersonAsync(Eve, Token);

        using var first = await EnterAsync(server.Browser());
        provider.Person["email"] = "renamed@example.org";
        using var second = await EnterAsync(server.Browser());
        provider.Person["sub"] = "6666";
        provider.Person["email"] = Eve;
        using var stranger = await EnterAsync(server.Browser());

        Assert.Equal("/", first.Location());
        Assert.Equal("/", second.Location());
        Assert.Equal("/sign-in?failed=provider-connect", stranger.Location());
        Assert.Equal(id, await IdAsync(server));
    }

    [Theory]
    [InlineData("unverified", "/sign-in?failed=provider-email")]
    [InlineData("administrator", "/sign-in?failed=provider-connect")]
    [InlineData("second factor", "/sign-in?failed=provider-connect")]
    [InlineData("address changed by hand", "/sign-in?failed=provider-connect")]
    [InlineData("unknown", "/sign-in?failed=provider-unknown")]
    [InlineData("disabled", "/sign-in?failed=provider-connect")]
    [InlineData("wrong key", "/sign-in?failed=provider")]
    [InlineData("no signature", "/sign-in?failed=provider")]
    [InlineData("wrong audience", "/sign-in?failed=provider")]
    [InlineData("answer to another request", "/sign-in?failed=provider")]
    [InlineData("wrong issuer", "/sign-in?failed=provider")]
    [InlineData("issuer that the settings do not name", "/sign-in?failed=provider")]
    public async Task SignIn_ThatIsNotSafe_SignsNobodyIn(string why, string expected)
    {
        await using var provider = await SmallProvider.StartAsync(Token);
        await using var server = Server(provider);
        await server.SetUpAsync(Token);
        var id = why is "unknown" ? string.Empty : await server.AddPersonAsync(Eve, Token);
        await using (var scope = server.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
            if (await users.FindByIdAsync(id) is { } user)
            {
                user.IsAdministrator = why is "administrator";
                user.TwoFactorEnabled = why is "second factor";
                user.EmailConfirmed = why is not "address changed by hand";
                user.DisabledAt = why is "disabled" ? TimeProvider.System.GetUtcNow() : null;
                await users.UpdateAsync(user);
            }
        }

        if (why is "unverified")
        {
            provider.Person.Remove("email_verified");
        }

        provider.SignsWithAWrongKey = why is "wrong key";
        provider.SignsNothing = why is "no signature";
        provider.Audience = why is "wrong audience" ? "another client" : SmallProvider.ClientId;
        provider.Nonce = why is "answer to another request" ? "of another request" : null;
        // Description and token agree; only the settings say who the provider is.
        provider.Issuer = why is "issuer that the settings do not name" ? "https://login.example.net" : null;
        var browser = server.Browser();
        if (why is "wrong issuer")
        {
            // The description is kept from the first look; later tokens name somebody else.
            using var page = await browser.GetAsync("/sign-in", Token);
            provider.Issuer = "https://login.example.net";
        }

        using var answer = await EnterAsync(browser);
        using var account = await browser.GetAsync("/account", Token);

        Assert.Equal(expected, answer.Location());
        Assert.Equal(HttpStatusCode.Redirect, account.StatusCode);
        Assert.NotEmpty((await browser.PageAsync(answer.Location()!, Token)).QuerySelector("[role=alert]")!.TextContent.Trim());
    }

    [Fact]
    public async Task Answer_BroughtToAnotherBrowser_SignsNobodyIn()
    {
        await using var provider = await SmallProvider.StartAsync(Token);
        await using var server = Server(provider);
        await server.SetUpAsync(Token);
        await server.AddPersonAsync(Eve, Token);
        using var leaving = await server.Browser().SubmitAsync("/sign-in", "/sign-in/provider", Token);
        using var outside = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var there = await outside.GetAsync(leaving.Headers.Location, Token);
        var victim = server.Browser();

        using var answer = await victim.GetAsync(there.Headers.Location!.PathAndQuery, Token);
        using var done = await victim.GetAsync("/sign-in/provider/done", Token);

        Assert.Equal("/sign-in?failed=provider", answer.Location());
        Assert.Equal("/sign-in?failed=provider", done.Location());
    }

    [Fact]
    public async Task Handler_ProvesItselfWithACodeAndKeepsNoTokens()
    {
        await using var provider = await SmallProvider.StartAsync(Token);
        await using var server = Server(provider);

        var oidc = server.Services.GetRequiredService<Microsoft.Extensions.Options.IOptionsMonitor<Microsoft.AspNetCore.Authentication.OpenIdConnect.OpenIdConnectOptions>>()
            .Get(ProviderServices.Scheme);

        Assert.Equal(("code", "query", true, false), (oidc.ResponseType, oidc.ResponseMode, oidc.UsePkce, oidc.SaveTokens));
    }

    [Fact]
    public async Task Disconnect_WithAPassword_CutsTheConnection()
    {
        await using var provider = await SmallProvider.StartAsync(Token);
        await using var server = Server(provider);
        var browser = await server.SignedInAsync(Token);
        using var connected = await ConnectAsync(browser);
        Assert.Equal("/account/security?done=linked", connected.Location());

        using var answer = await browser.SubmitAsync("/account/security", "/account/provider/disconnect", Token);

        Assert.Equal("/account/security?done=unlinked", answer.Location());
        Assert.NotNull((await browser.PageAsync("/account/security", Token)).QuerySelector("form[action='/account/provider/connect']"));
    }

    [Fact]
    public async Task Disconnect_TheOnlyWayIn_IsNotDone()
    {
        await using var provider = await SmallProvider.StartAsync(Token);
        await using var server = Server(provider, ("WorkspaceRoles", "designers=studio:Creator"));
        await server.SetUpAsync(Token);
        provider.Person["groups"] = new[] { "designers" };
        var browser = server.Browser();
        using var entered = await EnterAsync(browser);

        using var answer = await browser.SubmitAsync("/account/security", "/account/provider/disconnect", Token);

        Assert.Equal("/account/security?failed=unlinked", answer.Location());
        using var again = await EnterAsync(server.Browser());
        Assert.Equal("/", again.Location());
    }

    [Fact]
    public async Task SignInPage_LetsItsFormsLeadToTheProviderAndNoOtherPageDoes()
    {
        await using var provider = await SmallProvider.StartAsync(Token);
        await using var server = Server(provider, ("Name", "Example"));
        var browser = await server.SignedInAsync(Token);

        using var signIn = await server.Browser().GetAsync("/sign-in", Token);
        using var other = await browser.GetAsync("/w/studio", Token);

        Assert.Contains($"form-action 'self' {provider.Address};", Policy(signIn), StringComparison.Ordinal);
        Assert.Contains("form-action 'self';", Policy(other), StringComparison.Ordinal);
        Assert.Equal("Sign in with Example", (await signIn.DocumentAsync(Token)).QuerySelector("form[action='/sign-in/provider'] button")!.TextContent);
        static string Policy(HttpResponseMessage answer) => answer.Headers.GetValues("Content-Security-Policy").Single();
    }

    [Fact]
    public async Task Test_OfAGoodProvider_FindsNothingWrong_AndOfOneThatIsAwaySaysSo()
    {
        var provider = await SmallProvider.StartAsync(Token);
        await using var server = Server(provider);
        var browser = await server.SignedInAsync(Token);

        using var good = await browser.SubmitAsync("/sign-in-provider", "test", Token);
        provider.Issuer = "https://login.example.net";
        using var wrong = await browser.SubmitAsync("/sign-in-provider", "test", Token);
        await provider.DisposeAsync();
        using var away = await browser.SubmitAsync("/sign-in-provider", "test", Token);

        Assert.Equal(["Good", "Good", "Good", "Good", "Good"], await MarksAsync(good));
        Assert.Equal(["Good", "Wrong", "Good", "Good", "Good"], await MarksAsync(wrong));
        Assert.Equal(["Wrong"], await MarksAsync(away));
        var page = await browser.PageAsync("/sign-in-provider", Token);
        Assert.Equal("http://localhost/sign-in/provider/callback", page.QuerySelector("input[readonly]")!.GetAttribute("value"));
        Assert.DoesNotContain(SmallProvider.ClientSecret, page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignInPage_WhileTheProviderIsAway_ShowsAllTheSame()
    {
        var provider = await SmallProvider.StartAsync(Token);
        await using var server = Server(provider);
        await server.SetUpAsync(Token);
        await provider.DisposeAsync();

        await server.SignInAsync(Token);
    }

    [Fact]
    public async Task Provider_WithoutSettings_IsNotThere()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);

        var page = await server.Browser().PageAsync("/sign-in", Token);

        Assert.Null(page.QuerySelector("form[action='/sign-in/provider']"));
    }

    [Theory]
    [InlineData("http://login.example.org", "batchwork", null, "Authority")]
    [InlineData("https://login.example.org", null, null, "ClientId")]
    [InlineData("https://login.example.org", "batchwork", "designers=studio", "WorkspaceRoles")]
    [InlineData("https://login.example.org", "batchwork", "designers=studio:Boss", "WorkspaceRoles")]
    [InlineData("https://login.example.org", "batchwork", "designers=studio:3", "WorkspaceRoles")]
    [InlineData(null, "batchwork", null, "Authority")]
    public void Settings_ThatCannotWork_AreNamed(string? authority, string? clientId, string? roles, string key)
    {
        var faults = ProviderRules.Faults(new ProviderOptions { Authority = authority, ClientId = clientId, WorkspaceRoles = roles });

        Assert.Contains($":{key}", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Roles_OfGroupsThatAreAddresses_AreRead()
    {
        var roles = new ProviderOptions { WorkspaceRoles = "urn:example:groups:a=b=studio:admin" }.ReadRoles(out var faults);

        Assert.Empty(faults);
        Assert.Equal(new GroupRole("urn:example:groups:a=b", "studio", Role.Admin), Assert.Single(roles));
    }

    private static DashboardServer Server(SmallProvider provider, params (string Name, string Value)[] more)
    {
        var server = new DashboardServer
        {
            Settings =
            {
                [$"{ProviderOptions.SectionName}:Authority"] = provider.Address,
                [$"{ProviderOptions.SectionName}:ClientId"] = SmallProvider.ClientId,
                [$"{ProviderOptions.SectionName}:ClientSecret"] = SmallProvider.ClientSecret,
            },
        };
        foreach (var (name, value) in more)
        {
            server.Settings[$"{ProviderOptions.SectionName}:{name}"] = value;
        }

        return server;
    }

    /// <summary>Presses the button, follows to the provider and back, and stops where the provider's part ends.</summary>
    private static async Task<HttpResponseMessage> EnterAsync(HttpClient browser, string address = "/sign-in") =>
        await ThereAndBackAsync(browser, await browser.SubmitAsync(address, "/sign-in/provider", Token));

    private static async Task<HttpResponseMessage> ConnectAsync(HttpClient browser) =>
        await ThereAndBackAsync(browser, await browser.SubmitAsync("/account/security", "/account/provider/connect", Token));

    private static async Task<HttpResponseMessage> ThereAndBackAsync(HttpClient browser, HttpResponseMessage leaving)
    {
        using (leaving)
        {
            Assert.Equal(HttpStatusCode.Redirect, leaving.StatusCode);
            using var outside = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
            using var there = await outside.GetAsync(leaving.Headers.Location, Token);
            using var callback = await browser.GetAsync(there.Headers.Location!.PathAndQuery, Token);
            return callback.Location()!.Contains("/done", StringComparison.Ordinal) ? await browser.GetAsync(callback.Location(), Token) : await CopyAsync(browser, callback);
        }
    }

    // A refusal at the callback is the end already; asked again it is refused again, so its answer is made once more by hand.
    private static Task<HttpResponseMessage> CopyAsync(HttpClient browser, HttpResponseMessage answer)
    {
        var copy = new HttpResponseMessage(answer.StatusCode) { RequestMessage = new HttpRequestMessage(HttpMethod.Get, browser.BaseAddress) };
        copy.Headers.Location = answer.Headers.Location;
        return Task.FromResult(copy);
    }

    private static async Task<string> IdAsync(DashboardServer server)
    {
        await using var scope = server.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().FindByEmailAsync(Eve))!.Id;
    }

    private static async Task<Role?> RoleAsync(DashboardServer server) =>
        (await server.Services.GetRequiredService<WorkspaceQueries>().FindAsync("studio", await IdAsync(server), Token))?.Role;

    private static async Task<List<string>> MarksAsync(HttpResponseMessage answer) =>
        [.. (await answer.DocumentAsync(Token)).QuerySelectorAll("ul[aria-label=Findings] .mark").Select(m => m.TextContent)];
}
