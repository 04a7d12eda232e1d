using Batchwork.Engine.Connections;
using Batchwork.Engine.Hosting;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Polling;
using Batchwork.Engine.Scheduling;
using Batchwork.Engine.Workspaces;
using Batchwork.Testing.Engine;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Batchwork.Benchmarks;

/// <summary>The real engine with the real clock and network on a temporary folder; its workers are run by hand.</summary>
internal sealed class BenchmarkEngine : IAsyncDisposable
{
    private readonly TemporaryFolder? _folder;
    private readonly ServiceProvider _services;

    private BenchmarkEngine(TemporaryFolder? folder, ServiceProvider services, Actor owner)
    {
        _folder = folder;
        _services = services;
        Owner = owner;
    }

    public Actor Owner { get; }

    public DataFolder DataFolder => Get<DataFolder>();

    /// <summary>Starts one.</summary>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <param name="dataFolder">A data folder that stays, in which keys are sealed as the app seals them; else one that goes with the engine.</param>
    public static async Task<BenchmarkEngine> StartAsync(CancellationToken cancellationToken, string? dataFolder = null)
    {
        var folder = dataFolder is null ? new TemporaryFolder() : null;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Batchwork:DataFolder"] = dataFolder ?? folder!.Path })
            .Build();
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<IKeySealer, FakeKeySealer>()
            .AddLogging()
            .AddBatchwork(options => options.AllowPrivateAddresses = true)
            .AddEngine(configuration)
            .AddSingleton<IWorkSignal, FakeWorkSignal>();
        services.RemoveAll<IHostedService>();
        if (dataFolder is not null)
        {
            services.AddAppKeySealer(dataFolder);
        }

        var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<EngineStartup>().PrepareAsync(cancellationToken);
        return new BenchmarkEngine(folder, provider, new Actor("ana", "Ana", await WorkspaceAsync(provider, cancellationToken), Role.Owner));
    }

    public IServiceProvider Services => _services;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public EngineDbContext CreateContext() => Get<IDbContextFactory<EngineDbContext>>().CreateDbContext();

    /// <summary>A connection to an OpenAI-shaped server on this machine.</summary>
    public async Task<Guid> AddConnectionAsync(Uri baseUrl, CancellationToken cancellationToken)
    {
        var connection = new Connection
        {
            Id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
            WorkspaceId = Owner.WorkspaceId,
            Provider = "openai",
            Label = "Emulator",
            IsDemo = false,
            BaseUrl = baseUrl.ToString(),
            CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        connection.SealedKey = Get<IKeySealer>().Seal(Owner.WorkspaceId, connection.Id, "sk-bench");
        await using var context = CreateContext();
        context.Add(connection);
        await context.SaveChangesAsync(cancellationToken);
        return connection.Id;
    }

    /// <summary>Works on the job's parts until their results wait to be stored.</summary>
    public async Task<JobPart> RunUntilCollectingAsync(Guid jobId, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var context = CreateContext();
            await context.JobParts.Where(p => p.NextCheckAt != null).ExecuteUpdateAsync(set => set.SetProperty(p => p.NextCheckAt, DateTimeOffset.UnixEpoch), cancellationToken);
            var part = await context.JobParts.SingleAsync(p => p.JobId == jobId, cancellationToken);
            if (part.State == PartState.Collecting)
            {
                return part;
            }

            if (part.State is PartState.Held or PartState.Closed)
            {
                throw new InvalidOperationException($"The part ended as {part.State}: {part.Reason}");
            }

            var lease = await Get<LeaseKeeper>().TryTakeAsync(part.Id, cancellationToken);
            await Get<PartRunner>().RunAsync(lease!, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder?.Dispose();
    }

    private static async Task<Guid> WorkspaceAsync(ServiceProvider provider, CancellationToken cancellationToken)
    {
        await using var context = provider.GetRequiredService<IDbContextFactory<EngineDbContext>>().CreateDbContext();
        return await context.Workspaces.Select(w => (Guid?)w.Id).FirstOrDefaultAsync(cancellationToken)
            ?? (await provider.GetRequiredService<WorkspaceService>().CreateFirstAsync("ana", "Studio", "studio", cancellationToken)).Id;
    }
}
