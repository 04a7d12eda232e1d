using System.Globalization;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Restoring;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Workspaces;

/// <summary>Makes workspaces, renames and archives them.</summary>
public sealed class WorkspaceService(IDbContextFactory<EngineDbContext> contexts, Memberships memberships, ILiveUpdates liveUpdates, TimeProvider time)
{
    public const string FirstName = "Studio";

    public const string FirstSlug = "studio";

    /// <summary>
    /// Makes the installation's first workspace with its owner. Set-up may be cut off between making the administrator and this, so it can be
    /// called again: a workspace that is there already is left as it is and the person becomes its owner.
    /// </summary>
    /// <param name="userId">The owner.</param>
    /// <param name="name">Its name, <see cref="FirstName"/> for most.</param>
    /// <param name="slug">Its part of addresses, <see cref="FirstSlug"/> for most.</param>
    /// <param name="cancellationToken">Cancels before it is made.</param>
    /// <returns>The workspace.</returns>
    public async Task<WorkspaceSummary> CreateFirstAsync(string userId, string name, string slug, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(userId);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(slug);

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var workspace = await context.Workspaces.FirstOrDefaultAsync(w => w.Slug == slug, cancellationToken);
        if (workspace is null)
        {
            var now = time.GetUtcNow();
            workspace = new Workspace { Id = Guid.CreateVersion7(now), Name = name, Slug = slug, CreatedAt = now };
            context.Workspaces.Add(workspace);
        }

        var member = await context.Members.FirstOrDefaultAsync(m => m.WorkspaceId == workspace.Id && m.UserId == userId, cancellationToken);
        if (member is null)
        {
            member = new Member { WorkspaceId = workspace.Id, UserId = userId, Role = Role.Owner, JoinedAt = time.GetUtcNow() };
            context.Members.Add(member);
        }

        await context.SaveChangesAsync(cancellationToken);
        memberships.Changed(workspace.Id, userId, member.Role);
        return new WorkspaceSummary(workspace.Id, workspace.Slug, workspace.Name, member.Role);
    }

    /// <summary>Makes another workspace; who makes it is its Owner. Its address is made of its name and never changes.</summary>
    /// <param name="administrator">Who.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Cancels before it is made.</param>
    /// <returns>The workspace; <see langword="null"/> when the name is blank or too long.</returns>
    public async Task<WorkspaceSummary?> CreateAsync(Administrator administrator, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(administrator);
        if (WorkspaceName.Clean(name) is not { } clean)
        {
            return null;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        var workspace = new Workspace
        {
            Id = Guid.CreateVersion7(now),
            Slug = await FreeSlugAsync(context, WorkspaceName.ToSlug(clean), cancellationToken),
            Name = clean,
            CreatedAt = now,
        };
        context.Workspaces.Add(workspace);
        context.Members.Add(new Member { WorkspaceId = workspace.Id, UserId = administrator.UserId, Role = Role.Owner, JoinedAt = now });
        context.Audit(administrator.ToPerson(), workspace.Id, now, AuditActions.WorkspaceCreated, clean, workspace.Id);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        memberships.Changed(workspace.Id, administrator.UserId, Role.Owner);
        return new WorkspaceSummary(workspace.Id, workspace.Slug, workspace.Name, Role.Owner);
    }

    /// <summary>Gives a workspace another name. Its address stays, so that links to it keep working.</summary>
    /// <param name="actor">Who; an Owner.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels before it is renamed.</param>
    /// <returns>Whether the name is one: not blank and not too long.</returns>
    public async Task<bool> RenameAsync(Actor actor, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Owner);
        if (WorkspaceName.Clean(name) is not { } clean)
        {
            return false;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var workspace = await context.Workspaces.SingleAsync(w => w.Id == actor.WorkspaceId, cancellationToken);
        if (workspace.Name != clean)
        {
            context.Audit(actor, time.GetUtcNow(), AuditActions.WorkspaceRenamed, clean, workspace.Id, workspace.Name, clean);
            workspace.Name = clean;
            await context.SaveChangesAsync(cancellationToken);
            liveUpdates.Publish(new LiveChange(workspace.Id, JobId: null));
        }

        return true;
    }

    /// <summary>
    /// Asks of everybody who enters that they signed in with more than a password, or does not any more. It holds at once, also in open pages. Who turns
    /// it on must have done so themself: nobody can lock themself out.
    /// </summary>
    /// <param name="actor">Who; an Admin.</param>
    /// <param name="isRequired">Whether it is asked for from now on.</param>
    /// <param name="cancellationToken">Cancels before it is changed.</param>
    /// <returns><see langword="false"/> when the actor signed in with a password alone and nothing was changed.</returns>
    public async Task<bool> RequireSecondFactorAsync(Actor actor, bool isRequired, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Admin);
        if (isRequired && !actor.HasSecondFactor)
        {
            return false;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var workspace = await context.Workspaces.SingleAsync(w => w.Id == actor.WorkspaceId, cancellationToken);
        if (workspace.SecondFactorSince is not null != isRequired)
        {
            workspace.SecondFactorSince = isRequired ? time.GetUtcNow() : null;
            context.Audit(actor, time.GetUtcNow(), isRequired ? AuditActions.SecondFactorRequired : AuditActions.SecondFactorNotRequired, workspace.Name, workspace.Id);
            await context.SaveChangesAsync(cancellationToken);
            memberships.RuleChanged(workspace.Id, isRequired);
            liveUpdates.Publish(new LiveChange(workspace.Id, JobId: null));
        }

        return true;
    }

    /// <summary>Closes a workspace for everybody, also for pages that are open. Nothing in it is removed. Not while jobs run: what is paid for is collected first.</summary>
    /// <param name="actor">Who; an Owner.</param>
    /// <param name="cancellationToken">Cancels before it is archived.</param>
    /// <returns>Whether it is archived, or how many jobs still run.</returns>
    public async Task<ArchiveOutcome> ArchiveAsync(Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Owner);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var running = await context.Jobs.CountAsync(
            j => j.WorkspaceId == actor.WorkspaceId
                && j.State != JobState.Done && j.State != JobState.DoneWithProblems && j.State != JobState.Cancelled && j.State != JobState.Expired,
            cancellationToken);
        if (running > 0)
        {
            return new ArchiveOutcome(IsArchived: false, running);
        }

        var workspace = await context.Workspaces.SingleAsync(w => w.Id == actor.WorkspaceId, cancellationToken);
        workspace.ArchivedAt ??= time.GetUtcNow();
        context.Audit(actor, time.GetUtcNow(), AuditActions.WorkspaceArchived, workspace.Name, workspace.Id);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        memberships.Closed(workspace.Id);
        liveUpdates.Publish(new LiveChange(workspace.Id, JobId: null));
        return new ArchiveOutcome(IsArchived: true, RunningJobs: 0);
    }

    /// <summary>Opens an archived workspace again, with the members it had.</summary>
    /// <param name="person">Who; one of its Owners.</param>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="cancellationToken">Cancels before it is opened.</param>
    /// <returns>The workspace; <see langword="null"/> when it is not archived or the person is not its Owner.</returns>
    public async Task<WorkspaceSummary?> RestoreAsync(Person person, Guid workspaceId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var workspace = await context.Workspaces.SingleOrDefaultAsync(
            w => w.Id == workspaceId && w.ArchivedAt != null
                && context.Members.Any(m => m.WorkspaceId == workspaceId && m.UserId == person.UserId && m.Role == Role.Owner),
            cancellationToken);
        if (workspace is null)
        {
            return null;
        }

        workspace.ArchivedAt = null;
        context.Audit(person, workspace.Id, time.GetUtcNow(), AuditActions.WorkspaceRestored, workspace.Name, workspace.Id);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new WorkspaceSummary(workspace.Id, workspace.Slug, workspace.Name, Role.Owner);
    }

    /// <summary>Whether there is any workspace.</summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns><see langword="true"/> when there is one.</returns>
    public async Task<bool> AnyAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Workspaces.AnyAsync(cancellationToken);
    }

    private static async Task<string> FreeSlugAsync(EngineDbContext context, string slug, CancellationToken cancellationToken)
    {
        var taken = await context.Workspaces.Where(w => w.Slug == slug || w.Slug.StartsWith(slug + "-")).Select(w => w.Slug).ToHashSetAsync(cancellationToken);
        return taken.Contains(slug)
            ? Enumerable.Range(2, taken.Count + 1).Select(n => string.Create(CultureInfo.InvariantCulture, $"{slug}-{n}")).First(s => !taken.Contains(s))
            : slug;
    }
}
