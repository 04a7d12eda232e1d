using System.Net;
using Batchwork.Dashboard.Identity;
using Batchwork.Dashboard.Tests.Hosting;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Workspaces;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Dashboard.Tests.Setup;

public sealed class SetupTests
{
    private static readonly (string, string)[] s_fields =
    [
        ("Form.Name", "Ana Kovač"), ("Form.Email", DashboardServer.Email), ("Form.Password", DashboardServer.Password),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_OnAnEmptyFolder_PrintsOneLineWithTheAddress()
    {
        await using var server = new DashboardServer();
        _ = server.Services;

        Assert.Matches(@"^Set up: http://localhost(:\d+)?/setup\?code=[A-Za-z0-9_-]{43}\n$", server.Output);
    }

    [Fact]
    public async Task Start_WithAnAdministratorInTheSettings_MakesThemAndPrintsNothing()
    {
        await using var server = new DashboardServer
        {
            Settings = { ["Batchwork:Setup:Email"] = "eve@example.org", ["Batchwork:Setup:Password"] = "quiet river nine maps" },
        };
        var browser = server.Browser();

        using var answer = await browser.PostFormAsync("/sign-in", Token, ("Form.Email", "eve@example.org"), ("Form.Password", "quiet river nine maps"));

        Assert.Equal((HttpStatusCode.Redirect, "/"), (answer.StatusCode, answer.Location()));
        Assert.Empty(server.Output);
    }

    [Fact]
    public async Task Home_BeforeSetUp_LeadsToSetUp()
    {
        await using var server = new DashboardServer();

        using var answer = await server.Browser().GetAsync("/", Token);

        Assert.Equal("/setup", answer.Location());
    }

    [Theory]
    [InlineData("/setup")]
    [InlineData("/setup?code=")]
    [InlineData("/setup?code=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Setup_WithoutTheCode_ShowsNoForm(string address)
    {
        await using var server = new DashboardServer();

        using var answer = await server.Browser().GetAsync(address, Token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Null((await answer.DocumentAsync(Token)).QuerySelector("form"));
    }

    [Fact]
    public async Task Setup_PostedWithAnotherCode_MakesNobody()
    {
        await using var server = new DashboardServer();
        var browser = server.Browser();
        var page = await browser.PageAsync($"/setup?code={server.SetupCode}", Token);
        var hidden = page.QuerySelectorAll("input[type=hidden]").ToDictionary(i => i.GetAttribute("name")!, i => i.GetAttribute("value")!);

        using var content = new FormUrlEncodedContent(hidden.Concat(s_fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2))));
        using var answer = await browser.PostAsync("/setup?code=wrong", content, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(await server.Services.GetRequiredService<FirstPerson>().ExistsAsync(Token));
    }

    [Fact]
    public async Task Setup_WithTheCode_MakesTheAdministratorTheWorkspaceAndTheDemoAndSignsIn()
    {
        await using var server = new DashboardServer();
        var browser = server.Browser();

        using var answer = await browser.PostFormAsync($"/setup?code={server.SetupCode}", Token, s_fields);
        using var home = await browser.GetAsync("/", Token);
        using var workspace = await browser.GetAsync(home.Location(), Token);

        Assert.Equal((HttpStatusCode.Redirect, "/"), (answer.StatusCode, answer.Location()));
        Assert.Equal("/w/studio", home.Location());
        Assert.Equal(HttpStatusCode.OK, workspace.StatusCode);
        var owner = await server.OwnerAsync(Token);
        Assert.Equal(Role.Owner, owner.Role);
        Assert.All(await server.Services.GetRequiredService<ConnectionQueries>().ListAsync(owner, Token), c => Assert.True(c.IsDemo));
    }

    [Theory]
    [InlineData("Form.Name", "", "Tell us your name.")]
    [InlineData("Form.Email", "ana", "This is not an e-mail address.")]
    [InlineData("Form.Password", "short", "Use at least 12 characters.")]
    [InlineData("Form.Password", "password1234", "This password is easy to guess.")]
    [InlineData("Form.Password", "aaaaaaaaaaaa", "This password is easy to guess.")]
    [InlineData("Form.Password", "qwertyuiopas", "This password is easy to guess.")]
    public async Task Setup_WithAFault_SaysItUnderItsFieldAndKeepsTheRest(string field, string value, string message)
    {
        await using var server = new DashboardServer();
        var fields = s_fields.Select(f => f.Item1 == field ? (field, value) : f).ToArray();

        using var answer = await server.Browser().PostFormAsync($"/setup?code={server.SetupCode}", Token, fields);

        var page = await answer.DocumentAsync(Token);
        var input = page.QuerySelector($"input[name='{field}']")!;
        var error = page.GetElementById(input.GetAttribute("aria-describedby")!.Split(' ')[^1])!;
        Assert.Contains(message, error.TextContent, StringComparison.Ordinal);
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Equal(field == "Form.Name" ? "" : "Ana Kovač", page.QuerySelector("input[name='Form.Name']")!.GetAttribute("value"));
        Assert.False(await server.Services.GetRequiredService<FirstPerson>().ExistsAsync(Token));
    }

    [Fact]
    public async Task Setup_AfterItIsDone_IsFriendlyAndShowsNoForm()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);

        var page = await server.Browser().PageAsync($"/setup?code={server.SetupCode}", Token);

        Assert.Equal("Already set up", page.QuerySelector("h1")!.TextContent);
        Assert.Null(page.QuerySelector("form"));
    }

    [Fact]
    public async Task Setup_ByTwoVisitorsAtOnce_IsWonByExactlyOne()
    {
        await using var server = new DashboardServer();
        var address = $"/setup?code={server.SetupCode}";
        var visitors = Enumerable.Range(0, 6).Select(i => (Browser: server.Browser(), Email: $"visitor{i}@example.org")).ToList();

        var answers = await Task.WhenAll(visitors.Select(v => v.Browser.PostFormAsync(
            address, Token, ("Form.Name", v.Email), ("Form.Email", v.Email), ("Form.Password", DashboardServer.Password))));

        Assert.Equal(1, answers.Count(a => a.StatusCode == HttpStatusCode.Redirect));
        foreach (var late in answers.Where(a => a.StatusCode == HttpStatusCode.OK))
        {
            Assert.Equal("Already set up", (await late.DocumentAsync(Token)).QuerySelector("h1")!.TextContent);
        }
    }
}
