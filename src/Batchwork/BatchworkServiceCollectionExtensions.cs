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
        AddTransport(services);
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

    private static void AddTransport(IServiceCollection services)
    {
        services.AddLogging();
        Client(ClientFactoryTransport.PaidName, container => NetworkHandlers.Paid(Settings(container)));
        Client(ClientFactoryTransport.ReadsName, container => NetworkHandlers.WithRetries(
            NetworkHandlers.Reads(Settings(container)),
            Settings(container),
            container.GetRequiredService<TimeProvider>()));
        Client(ClientFactoryTransport.UntrustedName, container => NetworkHandlers.Untrusted(Settings(container)));
        services.TryAddSingleton<IBatchTransport, ClientFactoryTransport>();
        services.TryAddSingleton(container => new TransportSource(
            container.GetRequiredService<IBatchTransport>,
            name => container.GetKeyedService<IBatchTransport>(name)));

        // The factory's own logging writes addresses, and at Trace headers; the adapters' says what matters without either.
        void Client(string name, Func<IServiceProvider, HttpMessageHandler> handler) =>
            services.AddHttpClient(name, client => client.Timeout = Timeout.InfiniteTimeSpan)
                .ConfigurePrimaryHttpMessageHandler(handler)
                .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
                .RemoveAllLoggers();
    }

    private static BatchworkOptions Settings(IServiceProvider container) => container.GetRequiredService<IOptions<BatchworkOptions>>().Value;
}
