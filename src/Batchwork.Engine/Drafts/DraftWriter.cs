using Batchwork.Engine.Drafts.Checking;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Drafts;

/// <summary>How every change to a draft happens: rights, one transaction, a new revision, the word to open pages, a new check.</summary>
/// <param name="contexts">Makes the contexts.</param>
/// <param name="checker">Checks the changed draft.</param>
/// <param name="liveUpdates">Tells open pages.</param>
/// <param name="time">The clock.</param>
public sealed class DraftWriter(IDbContextFactory<EngineDbContext> contexts, DraftChecker checker, ILiveUpdates liveUpdates, TimeProvider time)
{
    /// <summary>A change inside the transaction. Answers anything but <see cref="DraftOutcome.Saved"/> to leave everything as it was.</summary>
    /// <param name="context">The context.</param>
    /// <param name="draft">The draft, tracked.</param>
    /// <returns>What came of it.</returns>
    internal delegate Task<DraftOutcome> Change(EngineDbContext context, Draft draft);

    /// <summary>Changes a draft.</summary>
    /// <param name="actor">Who changes it; a Creator at least.</param>
    /// <param name="draftId">The draft.</param>
    /// <param name="revision">The revision the person saw; <see langword="null"/> when the change is right whatever else has changed.</param>
    /// <param name="change">The change.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>What came of it. The check is done when this returns.</returns>
    internal async Task<DraftOutcome> ChangeAsync(Actor actor, Guid draftId, int? revision, Change change, CancellationToken cancellationToken)
    {
        actor.Require(Role.Creator);
        var outcome = await Task.Run(() => WriteAsync(actor, draftId, revision, change, cancellationToken), cancellationToken);
        if (outcome == DraftOutcome.Saved)
        {
            liveUpdates.Publish(new LiveChange(actor.WorkspaceId, null));

            // The change is saved; who leaves the page now must not leave a draft behind that says nothing of its rows.
            await checker.CheckAsync(draftId, CancellationToken.None);
        }

        return outcome;
    }

    private async Task<DraftOutcome> WriteAsync(Actor actor, Guid draftId, int? revision, Change change, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var draft = await context.Drafts.SingleOrDefaultAsync(d => d.Id == draftId && d.WorkspaceId == actor.WorkspaceId && d.DeletedAt == null, cancellationToken);
        if (draft is null || draft.JobId is not null)
        {
            return draft is null ? DraftOutcome.NotFound : DraftOutcome.AlreadyRun;
        }

        if (revision is not null && revision != draft.Revision)
        {
            return DraftOutcome.Conflict;
        }

        var outcome = await change(context, draft);
        if (outcome != DraftOutcome.Saved)
        {
            return outcome;
        }

        draft.Revision++;
        draft.UpdatedAt = time.GetUtcNow();
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return DraftOutcome.Saved;
    }
}
