using System.Globalization;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Scheduling;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Batchwork.Engine.Restoring;

/// <summary>
/// Safe mode: a restored backup or a copied data folder does not know what was sent since, so it polls and collects but sends nothing that costs money
/// until an administrator says what it is.
/// </summary>
public sealed partial class SafeModeService(
    IDbContextFactory<EngineDbContext> contexts, ILiveUpdates liveUpdates, IWorkSignal signal, TimeProvider time, ILogger<SafeModeService> logger)
{
    /// <summary>More of them tell nobody anything.</summary>
    private const int MostListed = 200;

    /// <summary>Reads whether it is on.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Why, or <see langword="null"/> when it is off.</returns>
    public async Task<SafeModeView?> ReadAsync(CancellationToken cancellationToken)
    {
        var installation = await contexts.ReadAsync(context => context.Installations.SingleAsync(cancellationToken), cancellationToken);
        return installation.SafeModeSince is { } since
            ? new SafeModeView(since, installation.SafeModeReason ?? string.Empty, installation.UnknownBatches)
            : null;
    }

    /// <summary>Reads what would be sent, and paid for, as soon as safe mode ends.</summary>
    /// <param name="administrator">Who asks.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>What waits, in all workspaces, the demo left out.</returns>
    public Task<UnsentWork> ReadUnsentAsync(Administrator administrator, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(administrator);
        return contexts.ReadAsync(
            async context =>
            {
                var parts = context.JobParts
                    .Where(p => p.State == PartState.Ready || p.State == PartState.Submitting)
                    .Where(p => context.Jobs.Any(j => j.Id == p.JobId && !j.IsDemo));
                return new UnsentWork(
                    await parts.Select(p => p.JobId).Distinct().CountAsync(cancellationToken),
                    await parts.SumAsync(p => p.RequestCount, cancellationToken));
            },
            cancellationToken);
    }

    /// <summary>Ends it. The batches that were found count as known from now on.</summary>
    /// <param name="administrator">Who says so.</param>
    /// <param name="answer">What this installation is.</param>
    /// <param name="cancellationToken">Cancels before it is ended.</param>
    /// <returns>Whether it was on.</returns>
    public async Task<bool> ConfirmAsync(Administrator administrator, SafeModeAnswer answer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(administrator);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var installation = await context.Installations.SingleAsync(cancellationToken);
        if (installation.SafeModeSince is null)
        {
            return false;
        }

        await RememberAsync(context, installation.UnknownBatches, cancellationToken);
        if (answer == SafeModeAnswer.Copy)
        {
            installation.InstanceId = Installation.NewId(time.GetUtcNow());
        }

        context.Audit(administrator.ToPerson(), workspaceId: null, time.GetUtcNow(), AuditActions.SafeModeEnded, answer.ToString(), before: installation.SafeModeReason);
        (installation.SafeModeSince, installation.SafeModeReason, installation.UnknownBatches) = (null, null, []);
        var workspaces = await context.Workspaces.Select(w => w.Id).ToListAsync(cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        LogConfirmed(administrator.UserId, answer);
        Tell(workspaces);
        signal.Wake();
        return true;
    }

    /// <summary>Notes batches that this database knows nothing of, and sends nothing more.</summary>
    internal async Task EnterAsync(IReadOnlyList<UnknownBatch> found, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var installation = await context.Installations.SingleAsync(cancellationToken);
        installation.SafeModeSince ??= time.GetUtcNow();
        installation.UnknownBatches = [.. installation.UnknownBatches.UnionBy(found, b => b.Tag).Take(MostListed)];
        installation.SafeModeReason = string.Create(
            CultureInfo.InvariantCulture,
            $"{found[0].Provider} has {found.Count:N0} {(found.Count == 1 ? "batch of this installation that is" : "batches of this installation that are")} not known here. It looks like a restored backup or a copy of the data folder.");
        var workspaces = await context.Workspaces.Select(w => w.Id).ToListAsync(cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        LogEntered(found.Count);
        Tell(workspaces);
    }

    /// <summary>Every open page shows whether it is on.</summary>
    private void Tell(List<Guid> workspaces) => workspaces.ForEach(workspace => liveUpdates.Publish(new LiveChange(workspace, JobId: null)));

    private async Task RememberAsync(EngineDbContext context, IReadOnlyList<UnknownBatch> batches, CancellationToken cancellationToken)
    {
        var tags = batches.Select(b => b.Tag).ToList();
        var known = await context.UsedTags.Where(t => tags.Contains(t.Tag)).Select(t => t.Tag).ToListAsync(cancellationToken);
        context.UsedTags.AddRange(tags.Except(known).Select(tag => new UsedTag { Tag = tag, At = time.GetUtcNow() }));
    }

    [LoggerMessage(8001, LogLevel.Warning, "Safe mode: {Count} batches at a provider carry this instance's tag and are not known here. Nothing that costs money is sent until an administrator confirms")]
    private partial void LogEntered(int count);

    [LoggerMessage(8002, LogLevel.Warning, "Safe mode was ended by {UserId}: {Answer}")]
    private partial void LogConfirmed(string userId, SafeModeAnswer answer);
}
