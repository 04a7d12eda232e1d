using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Auditing;

/// <summary>Writes single entries, for whoever saves nothing of their own: downloads, sign-ins. Inside a unit of work use <see cref="AuditTrail"/>.</summary>
public sealed class AuditLog(IDbContextFactory<EngineDbContext> contexts, TimeProvider time)
{
    /// <summary>Notes what a member did.</summary>
    /// <param name="actor">Who; any member.</param>
    /// <param name="action">What, one of <see cref="AuditActions"/>.</param>
    /// <param name="subject">With what, for people.</param>
    /// <param name="subjectId">Its id.</param>
    /// <param name="cancellationToken">Cancels before it is noted.</param>
    public async Task WriteAsync(Actor actor, string action, string subject, object? subjectId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Viewer);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Audit(actor, time.GetUtcNow(), action, subject, subjectId);
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Notes what somebody did outside of workspaces, for example to an account.</summary>
    /// <param name="person">Who; <see langword="null"/> when nobody did.</param>
    /// <param name="action">What.</param>
    /// <param name="subject">With what, for people.</param>
    /// <param name="subjectId">Its id.</param>
    /// <param name="before">How it was.</param>
    /// <param name="after">How it is now.</param>
    /// <param name="cancellationToken">Cancels before it is noted.</param>
    public async Task WriteAsync(
        Person? person, string action, string subject, object? subjectId, string? before, string? after, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Audit(person, workspaceId: null, time.GetUtcNow(), action, subject, subjectId, before, after);
        await context.SaveChangesAsync(cancellationToken);
    }
}
