using System.Globalization;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Workspaces;

/// <summary>Lets people into a workspace: a link for one address, once, for seven days.</summary>
public sealed class InvitationService(IDbContextFactory<EngineDbContext> contexts, Memberships memberships, ILiveUpdates liveUpdates, TimeProvider time)
{
    /// <summary>Links a workspace makes in an hour at most: each may become a letter to somebody who did not ask for it.</summary>
    public const int LinksPerHour = 200;

    /// <summary>Links of one invitation; after that it is revoked and made anew.</summary>
    public const int LinksPerInvitation = 5;

    private const int MostListed = 500;

    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>A second letter within it helps nobody.</summary>
    private static readonly TimeSpan s_betweenLinks = TimeSpan.FromMinutes(1);

    /// <summary>Lists the invitations of the last months, the latest first. Those that were revoked are left out.</summary>
    /// <param name="actor">Who asks; an Admin at least.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The invitations, at most 500.</returns>
    public Task<IReadOnlyList<InvitationItem>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Admin);
        return contexts.ReadAsync(
            actor,
            async context =>
            {
                var found = await context.Invitations
                    .Where(i => i.WorkspaceId == actor.WorkspaceId && i.RevokedAt == null)
                    .OrderByDescending(i => i.CreatedAt).ThenBy(i => i.Email)
                    .Take(MostListed)
                    .ToListAsync(cancellationToken);
                return (IReadOnlyList<InvitationItem>)found.ConvertAll(i =>
                    new InvitationItem(i.Id, i.Email, i.Role, StateOf(i), i.InvitedByName, i.CreatedAt, i.ExpiresAt));
            },
            cancellationToken);
    }

    /// <summary>Invites people. An open invitation for the same address is replaced, so its old link works no longer.</summary>
    /// <param name="actor">Who invites; an Admin at least, an Owner for Owners.</param>
    /// <param name="addresses">Pasted addresses, at most 100.</param>
    /// <param name="role">What they may do.</param>
    /// <param name="cancellationToken">Cancels before anybody is invited.</param>
    /// <returns>The links, or what is wrong; then nobody was invited.</returns>
    public async Task<InvitationsMade> InviteAsync(Actor actor, string addresses, Role role, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(addresses);
        if (!Enum.IsDefined(role))
        {
            throw new ArgumentOutOfRangeException(nameof(role));
        }

        actor.Require(role == Role.Owner ? Role.Owner : Role.Admin);
        var (found, faults) = InvitedAddresses.Read(addresses);
        if (faults.Count > 0)
        {
            return new InvitationsMade([], faults);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await TooManyAsync(context, actor, found.Count, cancellationToken) is { } tooMany)
        {
            return new InvitationsMade([], [tooMany]);
        }

        var now = time.GetUtcNow();
        await context.Invitations
            .Where(i => i.WorkspaceId == actor.WorkspaceId && found.Contains(i.Email) && i.JoinedAt == null && i.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.RevokedAt, now), cancellationToken);
        var links = new List<InvitationLink>(found.Count);
        foreach (var email in found)
        {
            var token = InvitationToken.New();
            var invitation = new Invitation
            {
                Id = Guid.CreateVersion7(now),
                WorkspaceId = actor.WorkspaceId,
                Email = email,
                Role = role,
                InvitedBy = actor.UserId,
                InvitedByName = actor.Name,
                CreatedAt = now,
                TokenSha256 = InvitationToken.Hash(token),
                LinkedAt = now,
                ExpiresAt = now + Lifetime,
                Links = 1,
            };
            context.Invitations.Add(invitation);
            context.Audit(actor, now, AuditActions.InvitationMade, email, invitation.Id, after: role.ToString());
            links.Add(LinkOf(invitation, token));
        }

        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Tell(actor.WorkspaceId);
        return new InvitationsMade(links, []);
    }

    /// <summary>Makes a new link for an invitation and seven more days; the old link works no longer.</summary>
    /// <param name="actor">Who; an Admin at least, an Owner for Owners.</param>
    /// <param name="invitationId">The invitation.</param>
    /// <param name="cancellationToken">Cancels before it is made.</param>
    /// <returns>The link; none when there is no such open invitation, or too many links were made.</returns>
    public async Task<InvitationsMade> RenewAsync(Actor actor, Guid invitationId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Admin);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (await OpenAsync(context, actor, invitationId, cancellationToken) is not { } invitation)
        {
            return new InvitationsMade([], ["This invitation is not open any more."]);
        }

        if (invitation.Role == Role.Owner)
        {
            actor.Require(Role.Owner);
        }

        if (invitation.Links >= LinksPerInvitation || now - invitation.LinkedAt < s_betweenLinks)
        {
            return new InvitationsMade([], [invitation.Links >= LinksPerInvitation
                ? $"{LinksPerInvitation} links were made for this invitation. Revoke it and invite again."
                : "The last link is less than a minute old. Wait a moment."]);
        }

        if (await TooManyAsync(context, actor, 1, cancellationToken) is { } tooMany)
        {
            return new InvitationsMade([], [tooMany]);
        }

        var token = InvitationToken.New();
        (invitation.TokenSha256, invitation.LinkedAt, invitation.ExpiresAt) = (InvitationToken.Hash(token), now, now + Lifetime);
        invitation.Links++;
        context.Audit(actor, now, AuditActions.InvitationRenewed, invitation.Email, invitation.Id);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Tell(actor.WorkspaceId);
        return new InvitationsMade([LinkOf(invitation, token)], []);
    }

    /// <summary>Takes an invitation back; its link works no longer.</summary>
    /// <param name="actor">Who; an Admin at least.</param>
    /// <param name="invitationId">The invitation.</param>
    /// <param name="cancellationToken">Cancels before it is done.</param>
    /// <returns>Whether there was such an open invitation.</returns>
    public async Task<bool> RevokeAsync(Actor actor, Guid invitationId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Admin);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await OpenAsync(context, actor, invitationId, cancellationToken) is not { } invitation)
        {
            return false;
        }

        invitation.RevokedAt = time.GetUtcNow();
        context.Audit(actor, time.GetUtcNow(), AuditActions.InvitationRevoked, invitation.Email, invitation.Id);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Tell(actor.WorkspaceId);
        return true;
    }

    /// <summary>What a link opens.</summary>
    /// <param name="token">The secret of the link.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <returns>The invitation; <see langword="null"/> when the link does not work, for whatever reason.</returns>
    public async Task<InvitationView?> FindAsync(string token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Working(context, token)
            .Join(context.Workspaces.Where(w => w.ArchivedAt == null), i => i.WorkspaceId, w => w.Id, (i, w) => new InvitationView(w.Name, w.Slug, i.Email, i.Role, i.InvitedByName, i.ExpiresAt))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Joins a workspace. Whoever is a member already keeps their role.</summary>
    /// <param name="person">Who joins.</param>
    /// <param name="email">The address of their account.</param>
    /// <param name="token">The secret of the link.</param>
    /// <param name="cancellationToken">Cancels before it is done.</param>
    /// <returns>The workspace; <see langword="null"/> when the link does not work, or is for another address.</returns>
    public async Task<WorkspaceSummary?> AcceptAsync(Person person, string email, string token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(email);
        ArgumentNullException.ThrowIfNull(token);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var invitation = await Working(context, token).AsTracking().SingleOrDefaultAsync(cancellationToken);
        var workspace = invitation is null
            ? null
            : await context.Workspaces.SingleOrDefaultAsync(w => w.Id == invitation.WorkspaceId && w.ArchivedAt == null, cancellationToken);
        if (invitation is null || workspace is null || !string.Equals(invitation.Email, email.Trim(), StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var now = time.GetUtcNow();
        invitation.JoinedAt = now;
        var member = await context.Members.SingleOrDefaultAsync(m => m.WorkspaceId == workspace.Id && m.UserId == person.UserId, cancellationToken);
        if (member is null)
        {
            member = new Member { WorkspaceId = workspace.Id, UserId = person.UserId, Role = invitation.Role, JoinedAt = now };
            context.Members.Add(member);
            context.Audit(person, workspace.Id, now, AuditActions.MemberJoined, person.Name, person.UserId, $"invited by {invitation.InvitedByName}", invitation.Role.ToString());
        }

        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        memberships.Changed(workspace.Id, person.UserId, member.Role);
        Tell(workspace.Id);
        return new WorkspaceSummary(workspace.Id, workspace.Slug, workspace.Name, member.Role);
    }

    private IQueryable<Invitation> Working(EngineDbContext context, string token)
    {
        var (hash, now) = (InvitationToken.Hash(token), time.GetUtcNow());
        return context.Invitations.AsNoTracking().Where(i => i.TokenSha256 == hash && i.JoinedAt == null && i.RevokedAt == null && i.ExpiresAt > now);
    }

    private static Task<Invitation?> OpenAsync(EngineDbContext context, Actor actor, Guid id, CancellationToken cancellationToken) =>
        context.Invitations.SingleOrDefaultAsync(
            i => i.Id == id && i.WorkspaceId == actor.WorkspaceId && i.JoinedAt == null && i.RevokedAt == null, cancellationToken);

    /// <summary>Counted over what is stored, so that neither a restart nor a revoked invitation makes room for more.</summary>
    private async Task<string?> TooManyAsync(EngineDbContext context, Actor actor, int more, CancellationToken cancellationToken)
    {
        var hourAgo = time.GetUtcNow() - TimeSpan.FromHours(1);
        var links = await context.AuditEntries.CountAsync(
            e => e.WorkspaceId == actor.WorkspaceId && e.At > hourAgo && (e.Action == AuditActions.InvitationMade || e.Action == AuditActions.InvitationRenewed),
            cancellationToken);
        return links + more > LinksPerHour
            ? string.Create(CultureInfo.InvariantCulture, $"A workspace invites at most {LinksPerHour} people in an hour; {links} were invited. Try again later.")
            : null;
    }

    private InvitationState StateOf(Invitation invitation) =>
        invitation.JoinedAt is not null ? InvitationState.Joined
        : invitation.RevokedAt is not null ? InvitationState.Revoked
        : invitation.ExpiresAt <= time.GetUtcNow() ? InvitationState.Expired
        : InvitationState.Invited;

    private static InvitationLink LinkOf(Invitation invitation, string token) => new(invitation.Id, invitation.Email, invitation.Role, token, invitation.ExpiresAt);

    private void Tell(Guid workspaceId) => liveUpdates.Publish(new LiveChange(workspaceId, JobId: null));
}
