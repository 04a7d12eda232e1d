using Batchwork.Engine.Auditing;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Workspaces;

/// <summary>Memberships that follow the groups of a sign-in provider. What a person was given here by hand is never lowered or taken away by it.</summary>
public sealed class GroupRoles(IDbContextFactory<EngineDbContext> contexts, Memberships memberships, ILiveUpdates liveUpdates, TimeProvider time)
{
    /// <summary>Makes the memberships of a person what their groups say.</summary>
    /// <param name="person">The person.</param>
    /// <param name="rolesBySlug">The role in each workspace their groups give.</param>
    /// <param name="earlier">The workspaces in which they are because of a group, as the last call said.</param>
    /// <param name="cancellationToken">Cancels before anything is changed.</param>
    /// <returns>The workspaces in which they are because of a group now.</returns>
    public async Task<IReadOnlySet<Guid>> ApplyAsync(
        Person person, IReadOnlyDictionary<string, Role> rolesBySlug, IReadOnlySet<Guid> earlier, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(rolesBySlug);
        ArgumentNullException.ThrowIfNull(earlier);

        var userId = person.UserId;
        var now = time.GetUtcNow();
        var changes = new List<(Guid WorkspaceId, Role? Role)>();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var slugs = rolesBySlug.Keys.ToList();
        var wanted = await context.Workspaces.Where(w => slugs.Contains(w.Slug) && w.ArchivedAt == null).ToDictionaryAsync(w => w.Id, w => rolesBySlug[w.Slug], cancellationToken);
        var members = await context.Members.Where(m => m.UserId == userId).ToDictionaryAsync(m => m.WorkspaceId, cancellationToken);
        var ours = new HashSet<Guid>();
        foreach (var (workspaceId, role) in wanted)
        {
            if (!members.TryGetValue(workspaceId, out var member))
            {
                context.Members.Add(new Member { WorkspaceId = workspaceId, UserId = userId, Role = role, JoinedAt = now });
                context.Audit(person, workspaceId, now, AuditActions.MemberJoined, person.Name, userId, after: role.ToString());
                changes.Add((workspaceId, role));
                ours.Add(workspaceId);
            }
            else if (earlier.Contains(workspaceId))
            {
                if (role != member.Role && (role > member.Role || !await IsLastOwnerAsync(context, member, cancellationToken)))
                {
                    context.Audit(person, workspaceId, now, AuditActions.MemberRoleChanged, person.Name, userId, member.Role.ToString(), role.ToString());
                    changes.Add((workspaceId, role));
                    member.Role = role;
                }

                ours.Add(workspaceId);
            }
        }

        foreach (var gone in members.Values.Where(m => earlier.Contains(m.WorkspaceId) && !wanted.ContainsKey(m.WorkspaceId)))
        {
            if (await IsLastOwnerAsync(context, gone, cancellationToken))
            {
                ours.Add(gone.WorkspaceId);
            }
            else
            {
                context.Members.Remove(gone);
                context.Audit(person, gone.WorkspaceId, now, AuditActions.MemberRemoved, person.Name, userId, before: gone.Role.ToString());
                changes.Add((gone.WorkspaceId, null));
            }
        }

        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        foreach (var (workspaceId, role) in changes)
        {
            memberships.Changed(workspaceId, userId, role);
            liveUpdates.Publish(new LiveChange(workspaceId, JobId: null));
        }

        return ours;
    }

    private static async Task<bool> IsLastOwnerAsync(EngineDbContext context, Member member, CancellationToken cancellationToken) =>
        member.Role == Role.Owner
        && !await context.Members.AnyAsync(m => m.WorkspaceId == member.WorkspaceId && m.UserId != member.UserId && m.Role == Role.Owner, cancellationToken);
}
