using Batchwork.Engine.Connections;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Polling;
using Batchwork.Engine.Scheduling;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Engine.Operations;

internal static class OperationsServices
{
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddSingleton<StorageMeter>();
        services.AddSingleton(provider => new SystemQueries(
            provider.GetRequiredService<IDbContextFactory<EngineDbContext>>(),
            provider.GetRequiredService<ProviderAdapters>(),
            provider.GetRequiredService<PartDispatcher>(),
            provider.GetRequiredService<WorkerJournal>(),
            provider.GetRequiredService<StorageMeter>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
