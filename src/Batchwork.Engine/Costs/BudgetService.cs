using System.Globalization;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Costs;

/// <summary>Sets monthly budgets. Needs the role <see cref="Role.Admin"/>.</summary>
public sealed class BudgetService(IDbContextFactory<EngineDbContext> contexts, ILiveUpdates updates, TimeProvider time)
{
    /// <summary>The largest budget: a million dollars a month.</summary>
    public const long LargestMicroUsd = 1_000_000_000_000;

    private const decimal Micro = 1_000_000m;

    /// <summary>Sets or removes a budget. It holds at once, also for what was charged this month already.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="connectionId">The connection it is for; <see langword="null"/> for the whole workspace.</param>
    /// <param name="monthlyMicroUsd">Millionths of a US dollar a month; <see langword="null"/> for none. Zero means that nothing may be sent.</param>
    /// <param name="cancellationToken">Cancels before it is set.</param>
    /// <returns>Whether there is such a connection.</returns>
    public async Task<bool> SetAsync(Actor actor, Guid? connectionId, long? monthlyMicroUsd, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentOutOfRangeException.ThrowIfNegative(monthlyMicroUsd ?? 0, nameof(monthlyMicroUsd));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(monthlyMicroUsd ?? 0, LargestMicroUsd, nameof(monthlyMicroUsd));
        actor.Require(Role.Admin);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (connectionId is { } id
            && !await context.Connections.AnyAsync(c => c.Id == id && c.WorkspaceId == actor.WorkspaceId && c.DeletedAt == null && !c.IsDemo, cancellationToken))
        {
            return false;
        }

        await WriteAsync(context, actor, connectionId, monthlyMicroUsd, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        updates.Publish(new LiveChange(actor.WorkspaceId, JobId: null));
        return true;
    }

    private async Task WriteAsync(EngineDbContext context, Actor actor, Guid? connectionId, long? monthlyMicroUsd, CancellationToken cancellationToken)
    {
        var subject = connectionId ?? actor.WorkspaceId;
        var budget = await context.Budgets.SingleOrDefaultAsync(b => b.SubjectId == subject, cancellationToken);
        var label = connectionId is null ? BudgetReader.WorkspaceName : await context.Connections.Where(c => c.Id == connectionId).Select(c => c.Label).SingleAsync(cancellationToken);
        context.Audit(actor, time.GetUtcNow(), AuditActions.BudgetSet, label, subject, Words(budget?.MonthlyMicroUsd), Words(monthlyMicroUsd));
        if (monthlyMicroUsd is not { } limit)
        {
            if (budget is not null)
            {
                context.Budgets.Remove(budget);
            }
        }
        else if (budget is null)
        {
            context.Budgets.Add(new Budget
            {
                SubjectId = subject,
                WorkspaceId = actor.WorkspaceId,
                ConnectionId = connectionId,
                MonthlyMicroUsd = limit,
                SetByName = actor.Name,
                SetAt = time.GetUtcNow(),
            });
        }
        else
        {
            (budget.MonthlyMicroUsd, budget.SetByName, budget.SetAt) = (limit, actor.Name, time.GetUtcNow());
        }
    }

    private static string Words(long? microUsd) => microUsd is { } limit ? string.Create(CultureInfo.InvariantCulture, $"${limit / Micro:N2} a month") : "none";
}
