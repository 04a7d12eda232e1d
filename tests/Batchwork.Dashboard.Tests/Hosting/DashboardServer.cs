using System.Net;
using Batchwork.Dashboard.Features.Setup;
using Batchwork.Dashboard.Hosting;
using Batchwork.Dashboard.Layout;
using Batchwork.Engine.Workspaces;
using Batchwork.Http;
using Batchwork.Testing.Engine;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Dashboard.Tests.Hosting;

/// <summary>
/// The real program on a temporary data folder, from its own <c>Program.cs</c>: all services, all middleware, real tables. The library's adapters
/// call a <see cref="StubProvider"/> instead of the network.
/// </summary>
public sealed class DashboardServer : WebApplicationFactory<App>
{
    public const string Email = "ana@example.org";
    public const string Password = "violet lamp orbit seven";

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    /// <summary>Settings beside the data folder.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>More services, or others.</summary>
    public Action<IServiceCollection>? Configure { get; init; }

    public string DataFolder => _folder.Path;

    /// <summary>What the program wrote for the person at the terminal.</summary>
    public string Output => _output.ToString();

    public StubProvider Provider => Services.GetRequiredService<StubProvider>();

    internal string SetupCode => Services.GetRequiredService<SetupCode>().Value;

    /// <summary>A browser that follows nothing and keeps its cookies.</summary>
    /// <param name="baseAddress">Scheme and host; plain http by default.</param>
    public HttpClient Browser(string baseAddress = "http://localhost")
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = new Uri(baseAddress), HandleCookies = true });
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html,*/*;q=0.8");
        return client;
    }

    /// <summary>Makes the administrator without the form.</summary>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task SetUpAsync(CancellationToken cancellationToken)
    {
        var result = await Services.GetRequiredService<SetupService>()
            .CreateAdministratorAsync(new NewAdministrator("Ana Kovač", Email, Password), cancellationToken);
        Assert.NotNull(result.UserId);
    }

    /// <summary>Makes the administrator and a browser that is signed in as them.</summary>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <param name="baseAddress">Scheme and host; plain http by default.</param>
    public async Task<HttpClient> SignedInAsync(CancellationToken cancellationToken, string baseAddress = "http://localhost")
    {
        await SetUpAsync(cancellationToken);
        var browser = Browser(baseAddress);
        using var answer = await browser.PostFormAsync("/sign-in", cancellationToken, ("Form.Email", Email), ("Form.Password", Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    /// <summary>Signs in with a browser of its own.</summary>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <param name="email">Whose.</param>
    /// <param name="password">Their password.</param>
    public async Task<HttpClient> SignInAsync(CancellationToken cancellationToken, string email = Email, string password = Password)
    {
        var browser = Browser();
        using var answer = await browser.SubmitAsync("/sign-in", "sign-in", cancellationToken, ("Form.Email", email), ("Form.Password", password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    /// <summary>Makes an account without any workspace.</summary>
    /// <param name="email">The address.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The person's id.</returns>
    public async Task<string> AddPersonAsync(string email, CancellationToken cancellationToken)
    {
        var made = await Services.GetRequiredService<Batchwork.Dashboard.Identity.AccountService>().CreateAsync(
            new Batchwork.Dashboard.Identity.NewAccount(email, email.Split('@')[0]) { Password = Password, IsAddressProven = true }, cancellationToken);
        Assert.NotNull(made.UserId);
        return made.UserId;
    }

    public async Task<Actor> OwnerAsync(CancellationToken cancellationToken)
    {
        var users = Services.GetRequiredService<Microsoft.EntityFrameworkCore.IDbContextFactory<Batchwork.Dashboard.Identity.AppIdentityDbContext>>();
        await using var context = await users.CreateDbContextAsync(cancellationToken);
        var user = context.Users.Single(u => u.Email == Email);
        var workspace = await Services.GetRequiredService<WorkspaceQueries>().FindAsync("studio", user.Id, cancellationToken);
        return new Actor(user.Id, user.Name, workspace!.Id, workspace.Role);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Batchwork:DataFolder", _folder.Path);
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        foreach (var (key, value) in Settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton(new Terminal(_output, _errors, TextReader.Null, () => null));
            services.AddSingleton<StubProvider>();
            services.AddSingleton<IBatchTransport>(p => BatchTransport.Over(p.GetRequiredService<StubProvider>(), new BatchworkOptions { MaxReadAttempts = 1 }));
            Configure?.Invoke(services);
        });
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _folder.Dispose();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _output.Dispose();
        _errors.Dispose();
    }
}
