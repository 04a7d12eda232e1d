using Batchwork.Engine.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Batchwork.Engine.Connections;

internal static class ConnectionsServices
{
    public static IServiceCollection AddConnections(this IServiceCollection services)
    {
        services.AddSingleton<ProviderAdapters>();
        services.AddSingleton<ConnectionQueries>();
        services.AddSingleton<ConnectionService>();
        services.AddSingleton<ConnectionUse>();
        services.AddSingleton<DemoConnections>();
        services.AddSingleton<CredentialsReader>();
        services.AddSingleton<RemovedKeys>();
        services.AddSingleton<ConnectionForm>();
        services.AddSingleton<ConnectionTester>();
        services.AddSingleton<ConnectionWriter>();
        // What the form says about an address is a courtesy; the library refuses the connection.
        services.AddOptions<BatchworkOptions>()
            .Configure<IOptions<EngineOptions>>((library, engine) => library.AllowPrivateAddresses |= engine.Value.AllowPrivateAddresses);
        return services;
    }
}
