using Batchwork.Dashboard.Tests.Hosting;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Sheets;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Dashboard.Tests.Security.Wire;

/// <summary>The real program on a real socket of this machine, with Ana, who owns the workspace, and Ben, who is in it as somebody.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    public const string Ben = "ben@example.org";
    private readonly List<WireBrowser> _browsers = [];

    private LoopbackServer(DashboardServer server) => Server = server;

    public DashboardServer Server { get; }

    public IServiceProvider Services => Server.Services;

    public Uri Address => Server.ClientOptions.BaseAddress;

    public static async Task<LoopbackServer> StartAsync(CancellationToken cancellationToken, DashboardServer? server = null)
    {
        var started = new LoopbackServer(server ?? new DashboardServer());
        started.Server.UseKestrel(0);
        started.Server.StartServer();
        await started.Server.SetUpAsync(cancellationToken);
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

    /// <summary>Lets Ben in.</summary>
    /// <param name="role">As what.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<WireBrowser> BenAsync(Role role, CancellationToken cancellationToken)
    {
        var id = await Server.AddPersonAsync(Ben, cancellationToken);
        await using (var context = await ContextAsync(cancellationToken))
        {
            var workspace = await context.Workspaces.SingleAsync(w => w.Slug == "studio", cancellationToken);
            context.Members.Add(new Member { WorkspaceId = workspace.Id, UserId = id, Role = role, JoinedAt = DateTimeOffset.UnixEpoch });
            await context.SaveChangesAsync(cancellationToken);
        }

        return await BrowserAsync(Ben, cancellationToken);
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

        await Server.DisposeAsync();
    }
}
