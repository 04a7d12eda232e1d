using System.Runtime.CompilerServices;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Jobs;

/// <summary>Results that belong to no row, for whoever wants all of them.</summary>
public sealed class UnmatchedQueries(IDbContextFactory<EngineDbContext> contexts)
{
    private const int PageSize = 100;

    /// <summary>Finds a job's results that belong to no row.</summary>
    /// <param name="actor">Who asks; a Reviewer at least, as for other downloads.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The results, read as they are asked for, in the order they came; <see langword="null"/> when there is no such job.</returns>
    public async Task<IAsyncEnumerable<UnmatchedItem>?> FindAsync(Actor actor, Guid jobId, CancellationToken cancellationToken)
    {
        actor.Require(Role.Reviewer);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Jobs.AnyAsync(j => j.Id == jobId && j.WorkspaceId == actor.WorkspaceId && j.DeletedAt == null, cancellationToken)
            ? ReadAsync(jobId, CancellationToken.None)
            : null;
    }

    // By pages: each can hold 64 KiB, and a slow reader must not keep a read of the database open.
    private async IAsyncEnumerable<UnmatchedItem> ReadAsync(Guid jobId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = Guid.Empty;
        while (await PageAsync(jobId, after, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var (_, item) in page)
            {
                yield return item;
            }

            after = page[^1].Id;
        }
    }

    private Task<List<(Guid Id, UnmatchedItem Item)>> PageAsync(Guid jobId, Guid after, CancellationToken cancellationToken) => contexts.ReadAsync(
        async context =>
        {
            var page = await context.UnmatchedResults
                .Where(u => u.JobId == jobId && u.Id.CompareTo(after) > 0)
                .OrderBy(u => u.Id)
                .Take(PageSize)
                .Select(u => new { Result = u, Part = context.JobParts.Where(p => p.Id == u.PartId).Select(p => p.Number).Single() })
                .ToListAsync(cancellationToken);
            return page.ConvertAll(u => (u.Result.Id, new UnmatchedItem(u.Result.Kind, u.Result.CustomId, u.Part, u.Result.Place, u.Result.Raw, u.Result.Images)));
        },
        cancellationToken);
}
