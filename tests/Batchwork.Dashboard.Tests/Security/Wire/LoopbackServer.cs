using Batchwork.Dashboard.Tests.Hosting;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Sheets;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Batchwork.Dashboard.Tests.Security.Wire;

/// <summary>The real program on a real socket of this machine, with Ana, who owns the workspace, and whoever is let in.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    public const string Ben = "ben@example.org";
    private readonly List<WireBrowser> _browsers = [];

    private readonly OpenPages _pages;

    private LoopbackServer(DashboardServer server, OpenPages pages) => (Server, _pages) = (server, pages);

    public DashboardServer Server { get; }

    public IServiceProvider Services => Server.Services;

    public Uri Address => Server.ClientOptions.BaseAddress;

    /// <summary>Whether a page that lost its connection waits for it, as it does in earnest. Here it ends at once, so that none outlives its test.</summary>
    public bool KeepsLeftPages
    {
        set => Services.GetRequiredService<IOptions<CircuitOptions>>().Value.DisconnectedCircuitRetentionPeriod = value ? TimeSpan.FromMinutes(1) : TimeSpan.Zero;
    }

    public static async Task<LoopbackServer> StartAsync(CancellationToken cancellationToken, params (string Key, string Value)[] settings)
    {
        var pages = new OpenPages();
        var server = new DashboardServer
        {
            Configure = services => services
                .AddLogging(logging => logging.ClearProviders())
                .AddSingleton(pages)
                .AddScoped<CircuitHandler, OpenPages.Counter>(),
        };
        foreach (var (key, value) in settings)
        {
            server.Settings[key] = value;
        }

        var started = new LoopbackServer(server, pages);
        server.UseKestrel(0);
        server.StartServer();
        started.KeepsLeftPages = false;
        await server.SetUpAsync(cancellationToken);
        return started;
    }

    /// <summary>A browser; signed in when it is somebody's.</summary>
    /// <param name="email">Whose.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<WireBrowser> BrowserAsync(string? email, CancellationToken cancellationToken)
    {
        var browser = new WireBrowser(Address);
        _browsers.Add(browser);
        if (email is not null)
        {
            await browser.SignInAsync(email, cancellationToken);
        }

        return browser;
    }

    /// <summary>Lets somebody in.</summary>
    /// <param name="email">Whom.</param>
    /// <param name="role">As what.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<WireBrowser> MemberAsync(string email, Role role, CancellationToken cancellationToken)
    {
        var id = await Server.AddPersonAsync(email, cancellationToken);
        await using (var context = await ContextAsync(cancellationToken))
        {
            var workspace = await context.Workspaces.SingleAsync(w => w.Slug == "studio", cancellationToken);
            context.Members.Add(new Member { WorkspaceId = workspace.Id, UserId = id, Role = role, JoinedAt = DateTimeOffset.UnixEpoch });
            await context.SaveChangesAsync(cancellationToken);
        }

        return await BrowserAsync(email, cancellationToken);
    }

    /// <summary>A draft of two rows that can be run.</summary>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<Guid> DraftAsync(CancellationToken cancellationToken)
    {
        var owner = await Server.OwnerAsync(cancellationToken);
        await Services.GetRequiredService<ConnectionService>().AddAsync(owner, new ConnectionEdit { Provider = "openai", Label = "Studio", ApiKey = "sk-wire-test" }, cancellationToken);
        var upload = await Services.GetRequiredService<SheetService>().FromPromptsAsync(owner, "a cat\na dog", cancellationToken);
        return (await Services.GetRequiredService<DraftService>().CreateAsync(owner, upload.SheetId!.Value, cancellationToken))!.Value;
    }

    public Task<EngineDbContext> ContextAsync(CancellationToken cancellationToken) =>
        Services.GetRequiredService<IDbContextFactory<EngineDbContext>>().CreateDbContextAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in _browsers)
        {
            browser.Dispose();
        }

        // A page that is still being drawn would read tables that are gone.
        await _pages.AllClosedAsync();
        await Server.DisposeAsync();
    }
}
