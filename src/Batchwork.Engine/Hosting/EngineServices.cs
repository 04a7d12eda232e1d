using Batchwork.Engine.Archives;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Costs;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Onboarding;
using Batchwork.Engine.Operations;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Polling;
using Batchwork.Engine.Restoring;
using Batchwork.Engine.Scheduling;
using Batchwork.Engine.Sheets;
using Batchwork.Engine.Verification;
using Batchwork.Engine.Workspaces;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Batchwork.Engine.Hosting;

/// <summary>Registers the engine, one line a room.</summary>
public static class EngineServices
{
    /// <summary>Adds everything that must survive a crash. The host adds the library, an <c>IKeySealer</c> and the workers' schedule.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The configuration's root.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddEngine(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);

        services.AddOptions<EngineOptions>()
            .Bind(configuration.GetSection(EngineOptions.SectionName))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<DataFolder>();
        services.AddSingleton<EngineStartup>();
        services.TryAddSingleton<IDiskSpace, DriveSpace>();
        services.AddDbContextFactory<EngineDbContext>(
            (provider, options) => options.UseDataFolder(provider.GetRequiredService<DataFolder>(), "__EngineMigrations"));
        services.AddLiveUpdates();
        services.AddImages();
        services.AddJobQueries();
        services.AddArchives();
        services.AddAuditing();
        services.AddWorkspaces();
        services.AddSheets();
        services.AddDrafts();
        services.AddConnections();
        services.AddCosts();
        services.AddJobs();
        services.AddRestoring();
        services.AddPartWork();
        services.AddOnboarding();
        services.AddVerification();
        services.AddScheduling();
        services.AddOperations();
        return services;
    }
}
