using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Batchwork.Http;

/// <summary>Registers the three clients.</summary>
internal static class HttpRegistration
{
    public static void AddBatchworkHttp(this IServiceCollection services)
    {
        Add(services, ClientFactoryTransport.PaidName, (options, _) => NetworkHandlers.Paid(options));
        Add(services, ClientFactoryTransport.ReadsName, (options, time) => NetworkHandlers.WithRetries(NetworkHandlers.Reads(options), options, time));
        Add(services, ClientFactoryTransport.UntrustedName, (options, _) => NetworkHandlers.Untrusted(options));
        services.TryAddSingleton<IBatchTransport, ClientFactoryTransport>();
    }

    // The handlers renew their connections themselves. The factory's own logging would write addresses, and at Trace headers; the adapters'
    // says what matters without either.
    private static void Add(IServiceCollection services, string name, Func<BatchworkOptions, TimeProvider, HttpMessageHandler> handler) =>
        services.AddHttpClient(name, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(container => handler(
                container.GetRequiredService<IOptions<BatchworkOptions>>().Value,
                container.GetRequiredService<TimeProvider>()))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
}
