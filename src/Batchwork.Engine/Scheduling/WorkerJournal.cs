using System.Collections.Concurrent;
using Batchwork.Engine.LiveUpdates;
using Quartz;

namespace Batchwork.Engine.Scheduling;

/// <summary>Notes when each worker worked last, for those who run the installation.</summary>
internal sealed class WorkerJournal(ILiveUpdates liveUpdates, TimeProvider time) : IJobListener
{
    private readonly ConcurrentDictionary<JobKey, (DateTimeOffset At, TimeSpan Took, bool Failed)> _last = new();

    public string Name => nameof(WorkerJournal);

    /// <summary>Every worker that Quartz wakes.</summary>
    public IReadOnlyList<WorkerBeat> Read() =>
    [
        .. SchedulingServices.Workers.Select(worker => _last.TryGetValue(worker.Key, out var last)
            ? new WorkerBeat(worker.Name, worker.Every, last.At, last.Took, last.Failed)
            : new WorkerBeat(worker.Name, worker.Every, null, TimeSpan.Zero, false)),
    ];

    public ValueTask JobWasExecuted(IJobExecutionContext context, JobExecutionException? jobException, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        _last[context.JobDetail.Key] = (time.GetUtcNow(), context.JobRunTime, jobException is not null);
        liveUpdates.Publish(LiveChange.Installation);
        return ValueTask.CompletedTask;
    }
}
