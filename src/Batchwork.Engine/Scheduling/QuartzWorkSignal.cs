using Microsoft.Extensions.Logging;
using Quartz;

namespace Batchwork.Engine.Scheduling;

/// <summary>Fires the poll worker's trigger out of turn.</summary>
internal sealed partial class QuartzWorkSignal(ISchedulerFactory schedulers, ILogger<QuartzWorkSignal> logger) : IWorkSignal
{
    public void Wake() => _ = WakeAsync();

    private async Task WakeAsync()
    {
        try
        {
            var scheduler = await schedulers.GetScheduler(CancellationToken.None);
            await scheduler.TriggerJob(SchedulingServices.PollWorkerKey, CancellationToken.None);
        }
        catch (Exception e)
        {
            // Only a hint is lost: the worker's own tick comes within a second.
            LogWakeFailed(e);
        }
    }

    [LoggerMessage(9001, LogLevel.Debug, "The poll worker could not be woken")]
    private partial void LogWakeFailed(Exception exception);
}
