using Batchwork.Engine.Collection;
using Batchwork.Engine.Submission;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Engine.Polling;

/// <summary>Registers everything that moves parts along: submission, polling, collection.</summary>
internal static class PollingServices
{
    public static IServiceCollection AddPartWork(this IServiceCollection services)
    {
        services.AddSingleton<LeaseKeeper>();
        services.AddSingleton<PartWriter>();
        services.AddSingleton<PartTroubles>();
        services.AddSingleton<PartRunner>();
        services.AddSingleton<DueParts>();
        services.AddSingleton<StatusPace>();
        services.AddSingleton<PartDispatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<PartDispatcher>());
        services.AddSingleton<StatusPoller>();

        services.AddSingleton<PartBatch>();
        services.AddSingleton<AttemptOutcomes>();
        services.AddSingleton<Reconciler>();
        services.AddSingleton<PaidCallGuard>();
        services.AddSingleton<Submitter>();
        services.AddSingleton<SubmissionService>();

        services.AddSingleton<CollectedGroupWriter>();
        services.AddSingleton<Collector>();
        services.AddSingleton<RemoteCleaner>();
        services.AddSingleton<ExpiryWatch>();
        return services;
    }
}
