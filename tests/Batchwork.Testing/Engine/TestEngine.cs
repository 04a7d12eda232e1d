using Batchwork.Engine.Connections;
using Batchwork.Engine.Hosting;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Scheduling;
using Batchwork.Engine.Workspaces;
using Batchwork.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Batchwork.Testing.Engine;

/// <summary>
/// The real engine on a temporary data folder: real tables, a clock that tests turn, a workspace "studio" and its owner. No host is started, so
/// nothing runs by itself, and the library's adapters call a <see cref="StubProvider"/> instead of the network. Dispose it to remove the folder.
/// </summary>
public sealed class TestEngine : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly ServiceProvider _services;

    private TestEngine(TemporaryFolder folder, ServiceProvider services, FakeTimeProvider time)
    {
        _folder = folder;
        _services = services;
        Time = time;
    }

    public IServiceProvider Services => _services;

    public FakeTimeProvider Time { get; }

    /// <summary>What answers instead of the providers.</summary>
    public StubProvider Provider => Get<StubProvider>();

    public DataFolder DataFolder => Get<DataFolder>();

    /// <summary>The owner of the workspace "studio".</summary>
    public required Actor Owner { get; init; }

    public Guid WorkspaceId => Owner.WorkspaceId;

    /// <summary>Starts one.</summary>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <param name="configure">Replaces or adds services, for example a keyed fake <c>IBatchAdapter</c>.</param>
    /// <param name="settings">Settings beside the data folder, for example <c>Batchwork:AllowPrivateAddresses</c>.</param>
    public static async Task<TestEngine> StartAsync(
        CancellationToken cancellationToken,
        Action<IServiceCollection>? configure = null,
        IReadOnlyDictionary<string, string?>? settings = null)
    {
        var folder = new TemporaryFolder();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings ?? new Dictionary<string, string?>())
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Batchwork:DataFolder"] = folder.Path })
            .Build();
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(time)
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<IKeySealer, FakeKeySealer>()
            .AddSingleton<StubProvider>()
            .AddSingleton<IBatchTransport>(p => BatchTransport.Over(p.GetRequiredService<StubProvider>(), new BatchworkOptions { MaxReadAttempts = 1 }))
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning))
            .AddBatchwork(options => options.UseEnvironmentKeys = false)
            .AddEngine(configuration)
            .AddSingleton<IWorkSignal, FakeWorkSignal>()
            .AddSingleton<FakeDiskSpace>()
            .AddSingleton<IDiskSpace>(p => p.GetRequiredService<FakeDiskSpace>());
        services.RemoveAll<IHostedService>();
        configure?.Invoke(services);
        var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
        await provider.GetRequiredService<EngineStartup>().PrepareAsync(cancellationToken);
        var first = await provider.GetRequiredService<WorkspaceService>().CreateFirstAsync("ana", "Studio", "studio", cancellationToken);
        return new TestEngine(folder, provider, time) { Owner = new Actor("ana", "Ana", first.Id, Role.Owner) };
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public EngineDbContext CreateContext() => Get<IDbContextFactory<EngineDbContext>>().CreateDbContext();

    /// <summary>Someone in the workspace "studio" with a given role.</summary>
    /// <param name="role">The role.</param>
    public Actor As(Role role) => new($"user-{role}", role.ToString(), Owner.WorkspaceId, role);

    /// <summary>The owner of another workspace, who must see nothing of the first.</summary>
    /// <param name="cancellationToken">Cancels making it.</param>
    public async Task<Actor> AddStrangerAsync(CancellationToken cancellationToken)
    {
        var other = await Get<WorkspaceService>().CreateFirstAsync("bo", "Elsewhere", "elsewhere", cancellationToken);
        return new Actor("bo", "Bo", other.Id, Role.Owner);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }
}
