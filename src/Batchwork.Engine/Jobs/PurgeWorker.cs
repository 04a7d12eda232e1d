using Quartz;

namespace Batchwork.Engine.Jobs;

/// <summary>Quartz's hourly tick for removing what was deleted long enough ago.</summary>
[DisallowConcurrentExecution]
internal sealed class PurgeWorker(Purger purger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await purger.PurgeAsync(cancellationToken);
}
