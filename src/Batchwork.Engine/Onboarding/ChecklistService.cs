using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Onboarding;

/// <summary>Says which first steps are done. They are judged by what is there, never ticked off by hand.</summary>
public sealed class ChecklistService(IDbContextFactory<EngineDbContext> contexts, TimeProvider time)
{
    /// <summary>Reads the list.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The list; <see langword="null"/> for those who may not do its steps, who put it away, and when all is done.</returns>
    public async Task<Checklist?> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Viewer);
        if (actor.Role < Role.Admin)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var list = await contexts.ReadAsync(
            async context =>
            {
                var members = await context.Members.Where(m => m.WorkspaceId == actor.WorkspaceId).ToListAsync(cancellationToken);
                return members.Find(m => m.UserId == actor.UserId) is { ChecklistDismissedAt: not null } ? null : new Checklist
                {
                    HasConnection = await context.Connections.AnyAsync(
                        c => c.WorkspaceId == actor.WorkspaceId && c.DeletedAt == null && !c.IsDemo && c.TestedAt != null, cancellationToken),
                    HasColleague = members.Count > 1
                        || await context.Invitations.AnyAsync(i => i.WorkspaceId == actor.WorkspaceId && i.RevokedAt == null && i.ExpiresAt > now, cancellationToken),
                    HasBudget = await context.Budgets.AnyAsync(b => b.WorkspaceId == actor.WorkspaceId, cancellationToken),
                    Demo = await DemoDataService.CountAsync(context, actor.WorkspaceId, cancellationToken),
                };
            },
            cancellationToken);
        return list?.Done == Checklist.Steps ? null : list;
    }

    /// <summary>Puts the list away, for this person and workspace.</summary>
    /// <param name="actor">Who; an Admin at least.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether there was anything to put away.</returns>
    public async Task<bool> DismissAsync(Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Admin);
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Members
            .Where(m => m.WorkspaceId == actor.WorkspaceId && m.UserId == actor.UserId)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.ChecklistDismissedAt, now), cancellationToken) > 0;
    }
}
