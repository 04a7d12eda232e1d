using Quartz;

namespace Batchwork.Engine.Collection;

/// <summary>Quartz's tick for what surrounds collecting: files at providers that are not needed any more, results that will soon be gone.</summary>
[DisallowConcurrentExecution]
internal sealed class AftercareWorker(RemoteCleaner cleaner, ExpiryWatch expiry) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await expiry.WarnAsync(cancellationToken);
        await cleaner.CleanAsync(cancellationToken);
    }
}
