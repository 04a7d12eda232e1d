using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Engine.Restoring;

internal static class RestoringServices
{
    public static IServiceCollection AddRestoring(this IServiceCollection services)
    {
        services.AddSingleton<SafeModeService>();
        services.AddSingleton<BatchCensus>();
        return services;
    }
}
