using Batchwork.Engine.Collection;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Submission;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Batchwork.Engine.Polling;

/// <summary>Works on one part, step by step, until it has to wait or is to be collected, which has a lane of its own. Each step is durable before the next begins.</summary>
internal sealed partial class PartRunner(
    IDbContextFactory<EngineDbContext> contexts,
    LeaseKeeper leases,
    PartWriter writer,
    Submitter submitter,
    StatusPoller poller,
    Collector collector,
    PartTroubles troubles,
    TimeProvider time,
    ILogger<PartRunner> logger)
{
    public async Task RunAsync(PartLease lease, CancellationToken stopping)
    {
        using var work = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var heartbeat = KeepAliveAsync(lease, work);
        try
        {
            var part = await ReadAsync(lease, work.Token);
            var isCollecting = part.State == PartState.Collecting;
            while (part.NextCheckAt <= time.GetUtcNow() && (part.State == PartState.Collecting) == isCollecting)
            {
                if (!await StepAsync(lease, part, work.Token))
                {
                    break;
                }

                part = await ReadAsync(lease, work.Token);
            }
        }
        catch (LeaseLostException)
        {
            LogLeaseLost(lease.PartId);
        }
        finally
        {
            await work.CancelAsync();
            await heartbeat;
            await leases.ReleaseAsync(lease);
        }
    }

    /// <summary>Does what is due now.</summary>
    /// <returns>Whether it went well.</returns>
    private async Task<bool> StepAsync(PartLease lease, JobPart part, CancellationToken cancellationToken)
    {
        try
        {
            await (part.State switch
            {
                PartState.Ready or PartState.Submitting => submitter.AdvanceAsync(lease, part, cancellationToken),
                PartState.AtProvider => poller.PollAsync(lease, part, cancellationToken),
                PartState.Collecting => collector.CollectAsync(lease, part, cancellationToken),
                _ => throw new InvalidOperationException($"A part in state {part.State} is never due."),
            });
            return true;
        }
        catch (Exception e) when (e is not (OperationCanceledException or LeaseLostException))
        {
            if (e is not ProviderException)
            {
                LogStepFailed(part.Id, part.State, e);
            }

            await writer.WriteAsync(lease, inWork => troubles.HandleAsync(inWork, e, cancellationToken), cancellationToken);
            return false;
        }
    }

    private async Task<JobPart> ReadAsync(PartLease lease, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.JobParts.AsNoTracking().SingleOrDefaultAsync(p => p.Id == lease.PartId && p.Fence == lease.Fence, cancellationToken)
            ?? throw new LeaseLostException(lease.PartId);
    }

    private async Task KeepAliveAsync(PartLease lease, CancellationTokenSource work)
    {
        try
        {
            while (true)
            {
                await Task.Delay(LeaseKeeper.Heartbeat, time, work.Token);
                if (!await leases.RenewAsync(lease, work.Token))
                {
                    LogLeaseLost(lease.PartId);
                    await work.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The work has ended.
        }
        catch (Exception e)
        {
            // Without a heartbeat nobody can vouch for the lease any more.
            LogHeartbeatFailed(lease.PartId, e);
            await work.CancelAsync();
        }
    }

    [LoggerMessage(2010, LogLevel.Error, "Part {PartId} in state {State} met an unexpected error; it is tried again later")]
    private partial void LogStepFailed(Guid partId, PartState state, Exception exception);

    [LoggerMessage(2011, LogLevel.Warning, "The lease of part {PartId} was lost; this worker stops")]
    private partial void LogLeaseLost(Guid partId);

    [LoggerMessage(2012, LogLevel.Error, "The lease of part {PartId} could not be renewed; this worker stops")]
    private partial void LogHeartbeatFailed(Guid partId, Exception exception);
}
