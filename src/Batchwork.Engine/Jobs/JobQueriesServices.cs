using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Engine.Jobs;

internal static class JobQueriesServices
{
    public static IServiceCollection AddJobQueries(this IServiceCollection services) => services
        .AddSingleton<JobQueries>()
        .AddSingleton<PartQueries>()
        .AddSingleton<UnmatchedQueries>()
        .AddSingleton<ReuseQueries>()
        .AddSingleton<StuckRadar>();
}
