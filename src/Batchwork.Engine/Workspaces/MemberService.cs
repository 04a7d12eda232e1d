using Batchwork.Engine.Auditing;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Workspaces;

/// <summary>
/// Who is in a workspace, with which role. An Admin manages everybody but Owners; an Owner everybody. Nobody raises themself, and the last Owner
/// stays. What is changed here holds at the next action of the person, also in pages that are open.
/// </summary>
public sealed class MemberService(IDbContextFactory<EngineDbContext> contexts, Memberships memberships, ILiveUpdates liveUpdates, TimeProvider time)
{
    /// <summary>Lists the members: Owners first, then those who joined earlier.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The members.</returns>
    public Task<IReadOnlyList<MemberItem>> ListAsync(Actor actor, CancellationToken cancellationToken) => contexts.ReadAsync(
        actor,
        async context => (IReadOnlyList<MemberItem>)await context.Members
            .Where(m => m.WorkspaceId == actor.WorkspaceId)
            .OrderByDescending(m => m.Role).ThenBy(m => m.JoinedAt).ThenBy(m => m.UserId)
            .Select(m => new MemberItem(m.UserId, m.Role, m.JoinedAt))
            .ToListAsync(cancellationToken),
        cancellationToken);

    /// <summary>Gives a member another role.</summary>
    /// <param name="actor">Who; an Admin at least, an Owner when it is about one.</param>
    /// <param name="userId">The member.</param>
    /// <param name="name">The member's name, for the audit log.</param>
    /// <param name="role">The role.</param>
    /// <param name="cancellationToken">Cancels before it is changed.</param>
    /// <returns>What came of it.</returns>
    public Task<MemberOutcome> ChangeRoleAsync(Actor actor, string userId, string name, Role role, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!Enum.IsDefined(role))
        {
            throw new ArgumentOutOfRangeException(nameof(role));
        }

        return ChangeAsync(
            actor,
            Role.Admin,
            userId,
            async (context, member) =>
            {
                if (role == Role.Owner)
                {
                    actor.Require(Role.Owner);
                }

                if (userId == actor.UserId && role > member.Role)
                {
                    return MemberOutcome.OwnRole;
                }

                if (role < Role.Owner && await IsLastOwnerAsync(context, member, cancellationToken))
                {
                    return MemberOutcome.LastOwner;
                }

                context.Audit(actor, time.GetUtcNow(), AuditActions.MemberRoleChanged, name, userId, member.Role.ToString(), role.ToString());
                member.Role = role;
                await RevokeInvitationsAsync(context, member, role, cancellationToken);
                return MemberOutcome.Done;
            },
            cancellationToken);
    }

    /// <summary>Takes somebody out of the workspace. What they made stays.</summary>
    /// <param name="actor">Who; an Admin at least, an Owner when it is about one.</param>
    /// <param name="userId">The member.</param>
    /// <param name="name">The member's name, for the audit log.</param>
    /// <param name="cancellationToken">Cancels before it is done.</param>
    /// <returns>What came of it.</returns>
    public Task<MemberOutcome> RemoveAsync(Actor actor, string userId, string name, CancellationToken cancellationToken) =>
        EndAsync(actor, Role.Admin, userId, AuditActions.MemberRemoved, name, cancellationToken);

    /// <summary>Leaves the workspace.</summary>
    /// <param name="actor">Who leaves; any member.</param>
    /// <param name="cancellationToken">Cancels before it is done.</param>
    /// <returns>What came of it.</returns>
    public Task<MemberOutcome> LeaveAsync(Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return EndAsync(actor, Role.Viewer, actor.UserId, AuditActions.MemberLeft, actor.Name, cancellationToken);
    }

    /// <summary>Makes somebody else the Owner; who hands over stays as an Admin.</summary>
    /// <param name="actor">Who hands over; an Owner.</param>
    /// <param name="userId">The member who takes over.</param>
    /// <param name="name">The member's name, for the audit log.</param>
    /// <param name="cancellationToken">Cancels before it is done.</param>
    /// <returns>What came of it.</returns>
    public async Task<MemberOutcome> HandOverAsync(Actor actor, string userId, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (userId == actor.UserId)
        {
            actor.Require(Role.Owner);
            return MemberOutcome.OwnRole;
        }

        var outcome = await ChangeAsync(
            actor,
            Role.Owner,
            userId,
            async (context, member) =>
            {
                var self = await context.Members.SingleAsync(m => m.WorkspaceId == actor.WorkspaceId && m.UserId == actor.UserId, cancellationToken);
                context.Audit(actor, time.GetUtcNow(), AuditActions.WorkspaceHandedOver, name, userId, $"{name}: {member.Role}", $"{name}: {Role.Owner}, {actor.Name}: {Role.Admin}");
                (member.Role, self.Role) = (Role.Owner, Role.Admin);
                return MemberOutcome.Done;
            },
            cancellationToken);
        if (outcome == MemberOutcome.Done)
        {
            memberships.Changed(actor.WorkspaceId, actor.UserId, Role.Admin);
        }

        return outcome;
    }

    private Task<MemberOutcome> EndAsync(Actor actor, Role needed, string userId, string action, string name, CancellationToken cancellationToken) => ChangeAsync(
        actor,
        needed,
        userId,
        async (context, member) =>
        {
            if (await IsLastOwnerAsync(context, member, cancellationToken))
            {
                return MemberOutcome.LastOwner;
            }

            context.Audit(actor, time.GetUtcNow(), action, name, userId, before: member.Role.ToString());
            context.Members.Remove(member);
            await RevokeInvitationsAsync(context, member, role: null, cancellationToken);
            return MemberOutcome.Done;
        },
        cancellationToken);

    private async Task<MemberOutcome> ChangeAsync(
        Actor actor, Role needed, string userId, Func<EngineDbContext, Member, Task<MemberOutcome>> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(needed);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var member = await context.Members.SingleOrDefaultAsync(m => m.WorkspaceId == actor.WorkspaceId && m.UserId == userId, cancellationToken);
        if (member is null)
        {
            return MemberOutcome.NotFound;
        }

        if (member.Role == Role.Owner)
        {
            actor.Require(Role.Owner);
        }

        // Judged once more while nobody else can write: of two Owners who remove each other, one is too late.
        actor.Require(needed);
        var outcome = await change(context, member);
        if (outcome != MemberOutcome.Done)
        {
            return outcome;
        }

        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        memberships.Changed(actor.WorkspaceId, userId, context.Entry(member).State == EntityState.Detached ? null : member.Role);
        liveUpdates.Publish(new LiveChange(actor.WorkspaceId, JobId: null));
        return MemberOutcome.Done;
    }

    private static async Task<bool> IsLastOwnerAsync(EngineDbContext context, Member member, CancellationToken cancellationToken) =>
        member.Role == Role.Owner
        && !await context.Members.AnyAsync(m => m.WorkspaceId == member.WorkspaceId && m.UserId != member.UserId && m.Role == Role.Owner, cancellationToken);

    /// <summary>Who may not invite any more leaves no door open behind them.</summary>
    private async Task RevokeInvitationsAsync(EngineDbContext context, Member member, Role? role, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var tooHigh = context.Invitations
            .Where(i => i.WorkspaceId == member.WorkspaceId && i.InvitedBy == member.UserId && i.JoinedAt == null && i.RevokedAt == null);
        if (role >= Role.Admin)
        {
            tooHigh = tooHigh.Where(i => i.Role > role);
        }

        await tooHigh.ExecuteUpdateAsync(set => set.SetProperty(i => i.RevokedAt, now), cancellationToken);
    }
}
