using Batchwork;
using Batchwork.Adapters;
using Batchwork.Http;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the client.</summary>
public static class BatchworkServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="ImageBatchClient"/>, an <see cref="IBatchAdapter"/> under the id of each provider, and <see cref="IBatchTransport"/>. Parts that are
    /// registered before are kept; more transports can be registered as keyed services and asked for in <see cref="BatchCredentials.Transport"/>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets keys, timeouts and more.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddBatchwork(this IServiceCollection services, Action<BatchworkOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<BatchworkOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BatchworkOptions>, BatchworkOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddBatchworkHttp();
        services.TryAddSingleton(container => new TransportSource(
            container.GetRequiredService<IBatchTransport>,
            name => container.GetKeyedService<IBatchTransport>(name)));
        foreach (var (provider, factory) in BuiltInAdapters.Factories)
        {
            services.TryAddKeyedSingleton(provider, (container, _) => BuiltInAdapters.Make(
                factory,
                container.GetRequiredService<TransportSource>(),
                Settings(container),
                container.GetRequiredService<TimeProvider>(),
                container.GetRequiredService<ILoggerFactory>()));
        }

        services.TryAddSingleton(container => new ImageBatchClient(
            new AdapterSource(provider => container.GetKeyedService<IBatchAdapter>(provider)),
            new CredentialSource(Settings(container), Environment.GetEnvironmentVariable),
            Settings(container),
            container.GetRequiredService<TimeProvider>()));
        return services;
    }

    private static BatchworkOptions Settings(IServiceProvider container) => container.GetRequiredService<IOptions<BatchworkOptions>>().Value;
}
