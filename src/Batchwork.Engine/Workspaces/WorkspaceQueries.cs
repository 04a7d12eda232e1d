using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Workspaces;

/// <summary>Which workspaces a person is in. A workspace they are not in answers like one that does not exist.</summary>
public sealed class WorkspaceQueries(IDbContextFactory<EngineDbContext> contexts)
{
    /// <summary>Finds a workspace by its part of addresses.</summary>
    /// <param name="slug">The part; upper and lower case mean the same.</param>
    /// <param name="userId">The person who asks.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The workspace, or <see langword="null"/> when there is none or the person is no member.</returns>
    public async Task<WorkspaceSummary?> FindAsync(string slug, string userId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(slug);

#pragma warning disable CA1308 // Addresses are lower case by definition.
        var lower = slug.ToLowerInvariant();
#pragma warning restore CA1308
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Summaries(Of(context, userId).Where(m => m.Workspace.Slug == lower)).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Lists the workspaces a person is in, by name.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The workspaces; empty when the person is in none.</returns>
    public async Task<IReadOnlyList<WorkspaceSummary>> ListAsync(string userId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Summaries(Of(context, userId).OrderBy(m => m.Workspace.Name).ThenBy(m => m.Workspace.Slug)).ToListAsync(cancellationToken);
    }

    /// <summary>Lists the archived workspaces that a person may restore: those they own.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The workspaces, by name.</returns>
    public async Task<IReadOnlyList<ArchivedWorkspace>> ListArchivedAsync(string userId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Workspaces
            .Where(w => w.ArchivedAt != null && context.Members.Any(m => m.WorkspaceId == w.Id && m.UserId == userId && m.Role == Role.Owner))
            .OrderBy(w => w.Name)
            .Select(w => new ArchivedWorkspace(w.Id, w.Name, w.ArchivedAt!.Value))
            .ToListAsync(cancellationToken);
    }

    // A record made by its constructor cannot be filtered or ordered by SQL any more, so these pairs are made into summaries last.
    private static IQueryable<Membership> Of(EngineDbContext context, string userId) =>
        from member in context.Members
        join workspace in context.Workspaces on member.WorkspaceId equals workspace.Id
        where member.UserId == userId && workspace.ArchivedAt == null
        select new Membership { Workspace = workspace, Role = member.Role };

    private static IQueryable<WorkspaceSummary> Summaries(IQueryable<Membership> memberships) =>
        memberships.Select(m => new WorkspaceSummary(m.Workspace.Id, m.Workspace.Slug, m.Workspace.Name, m.Role, m.Workspace.SecondFactorSince));

    private sealed class Membership
    {
        public required Workspace Workspace { get; init; }

        public required Role Role { get; init; }
    }
}
