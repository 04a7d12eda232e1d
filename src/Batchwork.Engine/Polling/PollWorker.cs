using Quartz;

namespace Batchwork.Engine.Polling;

/// <summary>Quartz's tick. Finds what is due and hands it to the dispatcher, which works on after this returns.</summary>
[DisallowConcurrentExecution]
internal sealed class PollWorker(PartDispatcher dispatcher) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await dispatcher.DispatchDueAsync(cancellationToken);
}
