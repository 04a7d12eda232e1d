using Batchwork.Dashboard.Shared;

namespace Batchwork.Dashboard.Features.Jobs;

/// <summary>The list of all jobs.</summary>
internal static class JobsFeature
{
    public static IServiceCollection AddJobsPage(this IServiceCollection services) => services.AddScoped<JobDeletion>();
}
