using System.Net;
using Batchwork.Dashboard.Identity;
using Batchwork.Dashboard.Tests.Hosting;
using Batchwork.Dashboard.Tests.NewJob;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Dashboard.Tests.Authorization;

/// <summary>One real server for the whole matrix, with a signed-in browser of each kind of person and two workspaces.</summary>
public sealed class MatrixServer : IAsyncLifetime
{
    private readonly DashboardServer _server = new()
    {
        Settings = { ["Logging:LogLevel:Default"] = "Critical" },
        Configure = services =>
        {
            services.AddSingleton<IStartupFilter, FormTokens>();
            services.AddSingleton<IStartupFilter, ManyAddresses>();
            // A closed account's cookie is looked at again after a while; here at each request, so that no test waits for it.
            services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.Zero);
        },
    };

    private readonly Dictionary<string, Visitor> _visitors = [];

    public IServiceProvider Services => _server.Services;

    /// <summary>The workspace in which the people of the table are.</summary>
    internal MatrixWorld Own { get; private set; } = null!;

    /// <summary>A workspace of others.</summary>
    internal MatrixWorld Foreign { get; private set; } = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.SetUpAsync(Token);
        Foreign = await MatrixWorld.CreateAsync(Services, [], "foreign-owner", Token);
        var ids = new Dictionary<string, string>();
        string[] kinds = ["nobody", .. MatrixTable.Roles, "disabled", "removed"];
        foreach (var kind in kinds)
        {
            ids[kind] = await MakePersonAsync(kind);
        }

        Own = await MatrixWorld.CreateAsync(Services, MatrixTable.Roles.Select(r => (Enum.Parse<Role>(r), ids[r])), "own-owner", Token);
        foreach (var kind in new[] { "disabled", "removed" })
        {
            await Own.AddAsync(Services, Role.Owner, ids[kind], Token);
        }

        _visitors["anonymous"] = new Visitor(_server.CreateDefaultClient(new Uri("http://localhost")), "");
        foreach (var kind in ids.Keys)
        {
            _visitors[kind] = await SignInAsync(kind);
        }

        // Both had their cookies, and pages open, before.
        var owner = (await Services.GetRequiredService<Memberships>().ActorAsync(Own.Workspace.Id, new Person("own-owner", "own-owner"), Token))!;
        await Services.GetRequiredService<MemberService>().RemoveAsync(owner, ids["removed"], "removed", Token);
        await DisableAsync(ids["disabled"]);
    }

    /// <summary>Asks as somebody and tells the answer as the table writes it: the status, or <c>login</c>.</summary>
    internal async Task<string> AskAsync(string kind, string method, string address)
    {
        var visitor = _visitors[kind];
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        request.Headers.Add("Accept", "text/html,*/*;q=0.8");
        request.Headers.Add("RequestVerificationToken", visitor.FormToken);
        request.Headers.Add("Cookie", visitor.Cookies);
        if (method == "POST")
        {
            request.Content = new MultipartFormDataContent { { new StringContent("a cat"), "prompts" } };
        }

        using var answer = await visitor.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        return answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.OriginalString.Contains("/sign-in?", StringComparison.Ordinal)
            ? "login"
            : ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in _visitors.Values)
        {
            visitor.Client.Dispose();
        }

        await _server.DisposeAsync();
    }

    private static string EmailOf(string kind) => $"{kind}@matrix.example";

    private async Task<string> MakePersonAsync(string kind)
    {
        await using var scope = Services.CreateAsyncScope();
        var user = new AppUser { Name = kind, Email = EmailOf(kind), UserName = EmailOf(kind), CreatedAt = DateTimeOffset.UnixEpoch };
        var made = await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().CreateAsync(user, DashboardServer.Password);
        Assert.True(made.Succeeded);
        return user.Id;
    }

    private async Task DisableAsync(string userId)
    {
        await using var scope = Services.CreateAsyncScope();
        var administrator = (await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().FindByEmailAsync(DashboardServer.Email))!;
        var people = Services.GetRequiredService<PeopleService>();
        Assert.Equal(PersonChange.Done, await people.DisableAsync(administrator.Id, userId, TimeProvider.System.GetUtcNow(), Token));
    }

    private async Task<Visitor> SignInAsync(string kind)
    {
        var browser = _server.Browser();
        using var answer = await browser.PostFormAsync("/sign-in", Token, ("Form.Email", EmailOf(kind)), ("Form.Password", DashboardServer.Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var identity = answer.SetCookies().Select(c => c.Split(';')[0]).Single(c => c.StartsWith("batchwork=", StringComparison.Ordinal));
        var client = _server.CreateDefaultClient(new Uri("http://localhost"));
        using var request = new HttpRequestMessage(HttpMethod.Get, FormTokens.Address);
        request.Headers.Add("Cookie", identity);
        using var form = await client.SendAsync(request, Token);
        var cookies = form.SetCookies().Select(c => c.Split(';')[0]).Where(c => !c.StartsWith("batchwork=", StringComparison.Ordinal)).Prepend(identity);
        return new Visitor(client, await form.Content.ReadAsStringAsync(Token)) { Cookies = string.Join("; ", cookies) };
    }

    private sealed record Visitor(HttpClient Client, string FormToken)
    {
        public string Cookies { get; init; } = "none=1";
    }
}
