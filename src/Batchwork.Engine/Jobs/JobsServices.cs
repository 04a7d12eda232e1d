using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Engine.Jobs;

internal static class JobsServices
{
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddSingleton<JobService>();
        services.AddSingleton<PartService>();
        services.AddSingleton<JobStarter>();
        services.AddSingleton<RowRetrier>();
        services.AddSingleton<Purger>();
        return services;
    }
}
