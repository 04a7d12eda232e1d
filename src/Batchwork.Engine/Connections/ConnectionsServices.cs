using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Engine.Connections;

internal static class ConnectionsServices
{
    public static IServiceCollection AddConnections(this IServiceCollection services)
    {
        services.AddSingleton<ProviderAdapters>();
        services.AddSingleton<ConnectionQueries>();
        services.AddSingleton<ConnectionService>();
        services.AddSingleton<CredentialsReader>();
        services.AddSingleton<RemovedKeys>();
        services.AddSingleton<ConnectionForm>();
        services.AddSingleton<ConnectionTester>();
        return services;
    }
}
