using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Workspaces;

/// <summary>Makes workspaces.</summary>
public sealed class WorkspaceService(IDbContextFactory<EngineDbContext> contexts, TimeProvider time)
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
        return new WorkspaceSummary(workspace.Id, workspace.Slug, workspace.Name, member.Role);
    }

    /// <summary>Whether there is any workspace.</summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns><see langword="true"/> when there is one.</returns>
    public async Task<bool> AnyAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Workspaces.AnyAsync(cancellationToken);
    }
}
