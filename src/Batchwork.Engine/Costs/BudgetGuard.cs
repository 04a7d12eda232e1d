using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Costs;

/// <summary>
/// Asks the budgets before anything new is submitted, inside the transaction that submits it: SQLite lets one writer in at a time, so two people who
/// start at the same moment cannot both take the last dollars. What was submitted holds its estimate from then on and is not asked again: a batch that
/// stops half-way because of a budget would help nobody.
/// </summary>
internal static class BudgetGuard
{
    /// <summary>Refuses what the budgets do not allow.</summary>
    /// <param name="context">The context of the transaction that submits it.</param>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="connectionId">The connection it is sent over.</param>
    /// <param name="needMicroUsd">What it is estimated to cost, as far as prices are known. What has no known price cannot be weighed and only needs a budget that is not used up.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="BudgetExceededException">A budget does not allow it.</exception>
    public static async Task CheckAsync(
        EngineDbContext context, Guid workspaceId, Guid connectionId, long needMicroUsd, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!await context.Budgets.AnyAsync(b => b.WorkspaceId == workspaceId, cancellationToken))
        {
            return;
        }

        var states = await BudgetReader.ReadAsync(context, workspaceId, now, cancellationToken);
        var asked = states.Where(s => s.LimitMicroUsd is not null && (s.ConnectionId is null || s.ConnectionId == connectionId));
        if (asked.Where(s => s.Level == BudgetLevel.UsedUp || needMicroUsd > s.LeftMicroUsd).MinBy(s => s.LeftMicroUsd) is { } tight)
        {
            throw new BudgetExceededException(tight, needMicroUsd);
        }
    }
}
