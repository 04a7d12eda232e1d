using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Engine.Connections;

internal static class ConnectionsServices
{
    public static IServiceCollection AddConnections(this IServiceCollection services)
    {
        services.AddSingleton<ProviderAdapters>();
        services.AddSingleton<CredentialsReader>();
        return services;
    }
}
