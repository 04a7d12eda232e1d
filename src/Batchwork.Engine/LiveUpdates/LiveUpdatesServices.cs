using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Batchwork.Engine.LiveUpdates;

internal static class LiveUpdatesServices
{
    public static IServiceCollection AddLiveUpdates(this IServiceCollection services)
    {
        services.TryAddSingleton<ILiveUpdates, InProcessLiveUpdates>();
        return services;
    }
}
