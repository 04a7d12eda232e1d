using Batchwork.Engine.Connections;
using Quartz;

namespace Batchwork.Engine.Jobs;

/// <summary>Quartz's hourly tick for removing what was deleted long enough ago, and keys that nothing needs any more.</summary>
[DisallowConcurrentExecution]
internal sealed class PurgeWorker(Purger purger, RemovedKeys keys) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await purger.PurgeAsync(cancellationToken);
        await keys.DestroyAsync(cancellationToken);
    }
}
