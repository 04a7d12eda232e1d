using System.Collections.Immutable;
using Batchwork.Engine.Collection;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Polling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Quartz;

namespace Batchwork.Engine.Scheduling;

/// <summary>The only place that knows Quartz keys and intervals. Quartz wakes workers up; what is due stands in our own tables.</summary>
internal static class SchedulingServices
{
    public static readonly JobKey PollWorkerKey = new("poll-worker");
    private static readonly JobKey s_purgeWorkerKey = new("purge-worker");
    private static readonly JobKey s_aftercareWorkerKey = new("aftercare-worker");
    private static readonly TimeSpan s_aftercareTick = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_pollTick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_purgeTick = TimeSpan.FromHours(1);

    /// <summary>All workers, with names for people.</summary>
    public static ImmutableArray<(JobKey Key, string Name, TimeSpan Every)> Workers { get; } =
    [
        (PollWorkerKey, "Send, poll and store", s_pollTick),
        (s_aftercareWorkerKey, "Clean up at providers, watch deadlines", s_aftercareTick),
        (s_purgeWorkerKey, "Remove what was deleted", s_purgeTick),
    ];

    public static IServiceCollection AddScheduling(this IServiceCollection services)
    {
        services.TryAddSingleton<IWorkSignal, QuartzWorkSignal>();
        services.AddSingleton<WorkerJournal>();
        services.AddQuartz(quartz =>
        {
            quartz.AddJobListener(provider => provider.GetRequiredService<WorkerJournal>());
            quartz.AddJob<PollWorker>(job => job.WithIdentity(PollWorkerKey).StoreDurably());
            quartz.AddTrigger<PollWorker>(trigger => trigger
                .ForJob(PollWorkerKey)
                .StartNow()
                .WithSimpleSchedule(schedule => schedule.WithInterval(s_pollTick).RepeatForever()));
            quartz.AddJob<AftercareWorker>(job => job.WithIdentity(s_aftercareWorkerKey).StoreDurably());
            quartz.AddTrigger<AftercareWorker>(trigger => trigger
                .ForJob(s_aftercareWorkerKey)
                .StartNow()
                .WithSimpleSchedule(schedule => schedule.WithInterval(s_aftercareTick).RepeatForever()));
            quartz.AddJob<PurgeWorker>(job => job.WithIdentity(s_purgeWorkerKey).StoreDurably());
            quartz.AddTrigger<PurgeWorker>(trigger => trigger
                .ForJob(s_purgeWorkerKey)
                .StartNow()
                .WithSimpleSchedule(schedule => schedule.WithInterval(s_purgeTick).RepeatForever()));
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        return services;
    }
}
