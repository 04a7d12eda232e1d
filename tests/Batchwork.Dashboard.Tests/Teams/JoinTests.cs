using System.Net;
using Batchwork.Dashboard.Features.Teams;
using Batchwork.Dashboard.Identity;
using Batchwork.Dashboard.Tests.Hosting;
using Batchwork.Dashboard.Tests.Mail;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Dashboard.Tests.Teams;

public sealed class JoinTests
{
    private const string Password = "quiet river nine lanterns";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Join_WithoutAnAccount_MakesOneAndEnters()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);
        var address = await InviteAsync(server, "bo@example.com");
        var browser = server.Browser();

        var page = await browser.PageAsync(address, Token);
        Assert.Equal("Join “Studio”", page.QuerySelector("h1")!.TextContent);
        using var answer = await browser.PostFormAsync(address, Token, ("Form.Name", "Bo"), ("Form.Password", Password));

        Assert.Equal("/w/studio", answer.Location());
        using var home = await browser.GetAsync("/w/studio", Token);
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
        // Whoever invited could read the link as well: it shows for nobody that the address is theirs.
        await using var scope = server.Services.CreateAsyncScope();
        Assert.False((await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().FindByEmailAsync("bo@example.com"))!.EmailConfirmed);
        using var again = await server.Browser().GetAsync(address, Token);
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
        Assert.Contains("no-store", again.Headers.GetValues("Cache-Control").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("bo@example.com")]
    public async Task Join_WithABadPassword_SaysWhyAndMakesNoAccount(string password)
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);
        var address = await InviteAsync(server, "bo@example.com");

        using var answer = await server.Browser().PostFormAsync(address, Token, ("Form.Name", "Bo"), ("Form.Password", password));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEmpty((await answer.DocumentAsync(Token)).QuerySelector(".text-field-error")!.TextContent);
        Assert.NotNull(await server.Services.GetRequiredService<InvitationService>().FindAsync(address.Split('/')[^1], Token));
    }

    [Fact]
    public async Task Join_WithAnAccount_SignsInFirstAndThenJoins()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);
        var other = await server.Services.GetRequiredService<WorkspaceService>().CreateFirstAsync("cleo", "Elsewhere", "elsewhere", Token);
        var address = await InviteAsync(server, DashboardServer.Email, other.Id, "cleo");
        var browser = server.Browser();

        var signIn = (await browser.PageAsync(address, Token)).QuerySelector("a.card-submit")!.GetAttribute("href")!;
        Assert.Equal($"/sign-in?returnUrl={Uri.EscapeDataString(address)}", signIn);
        using var signedIn = await browser.PostFormAsync(signIn, Token, ("Form.Email", DashboardServer.Email), ("Form.Password", DashboardServer.Password));
        Assert.Equal(address, signedIn.Location());
        using var answer = await browser.PostFormAsync(address, Token);

        Assert.Equal("/w/elsewhere", answer.Location());
    }

    [Fact]
    public async Task Join_AsSomebodyElse_IsRefused()
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);
        var address = await InviteAsync(server, "bo@example.com");

        var page = await browser.PageAsync(address, Token);

        Assert.Contains("This invitation is for bo@example.com", page.QuerySelector(".card-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/sign-out", page.QuerySelector("form")!.GetAttribute("action"));
    }

    [Fact]
    public async Task Join_WithAForgedForm_IsRefused()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);
        var address = await InviteAsync(server, "bo@example.com");
        using var form = new FormUrlEncodedContent([new("_handler", "join"), new("Form.Name", "Eve"), new("Form.Password", Password)]);

        using var answer = await server.Browser().PostAsync(address, form, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Invite_WithAMailServer_SendsALinkUnderThePublicAddressThatWorks()
    {
        await using var mail = new SmallMailServer();
        await using var server = new DashboardServer
        {
            Settings =
            {
                ["Batchwork:Mail:Host"] = "127.0.0.1",
                ["Batchwork:Mail:Port"] = mail.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["Batchwork:Mail:Encryption"] = "None",
                ["Batchwork:Mail:From"] = "Batchwork <batchwork@example.com>",
                ["Batchwork:Mail:PublicUrl"] = "https://batchwork.example.com",
            },
        };
        await server.SetUpAsync(Token);
        var owner = await server.OwnerAsync(Token);
        var made = await server.Services.GetRequiredService<InvitationService>().InviteAsync(owner, "bo@example.com", Role.Creator, Token);

        Assert.Empty(await server.Services.GetRequiredService<InvitationMail>().SendAsync(made.Links, "Studio", "Ana", Token));

        var letter = await MimeKit.MimeMessage.LoadAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(mail.Letters.Single().Text)), Token);
        Assert.Equal("Ana invites you to “Studio” on Batchwork", letter.Subject);
        var link = letter.TextBody!.Split('\n').Select(l => l.Trim()).Single(l => l.StartsWith("https://batchwork.example.com/join/", StringComparison.Ordinal));
        using var page = await server.Browser().GetAsync(new Uri(link).PathAndQuery, Token);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    private static async Task<string> InviteAsync(DashboardServer server, string email, Guid? workspaceId = null, string? by = null)
    {
        var owner = workspaceId is { } id ? new Actor(by!, by!, id, Role.Owner) : await server.OwnerAsync(Token);
        var made = await server.Services.GetRequiredService<InvitationService>().InviteAsync(owner, email, Role.Creator, Token);
        return JoinAddress.Of(made.Links[0].Token);
    }
}
