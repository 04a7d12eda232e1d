using System.Data.Common;
using System.Runtime.CompilerServices;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Sheets;
using Batchwork.Engine.Submission;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Batchwork.CrashHarness.Injected;

/// <summary>Names each commit after what it makes true, for example <c>commit:attempt.Creating</c>, and tells the moments right before and right after it.</summary>
public sealed class CommitWatch(CrashTrigger trigger) : DbTransactionInterceptor, ISaveChangesInterceptor
{
    private readonly ConditionalWeakTable<DbContext, SortedSet<string>> _pending = [];

    public ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData?.Context is { } context)
        {
            context.ChangeTracker.DetectChanges();
            _pending.GetOrCreateValue(context).UnionWith(context.ChangeTracker.Entries().Select(NameOf).OfType<string>());
        }

        return ValueTask.FromResult(result);
    }

    public ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        // One statement needs no transaction of its own; its moments are as close as we get.
        if (eventData?.Context is { Database.CurrentTransaction: null } context)
        {
            Tell(context, "before");
            Tell(context, "after");
            Forget(context);
        }

        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        Tell(eventData?.Context, "before");
        return ValueTask.FromResult(result);
    }

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Tell(eventData?.Context, "after");
        Forget(eventData?.Context);
        return Task.CompletedTask;
    }

    private static string? NameOf(EntityEntry entry) => entry switch
    {
        { State: EntityState.Unchanged or EntityState.Detached } => null,
        { Entity: SubmissionAttempt attempt } when IsNew(entry, nameof(attempt.State)) => $"attempt.{attempt.State}",
        { Entity: JobPart part } when IsNew(entry, nameof(part.CancelSentAt)) && part.CancelSentAt is not null => "cancel",
        { Entity: JobPart part } when IsNew(entry, nameof(part.State)) => $"part.{part.State}",
        { Entity: JobRow } or { Entity: StoredImage } => "rows",
        { Entity: Job, State: EntityState.Added } => "job",
        { Entity: Job job } when IsNew(entry, nameof(job.CancelRequestedAt)) => "job.cancelled",
        { Entity: Connection connection, State: EntityState.Modified } when IsNew(entry, nameof(connection.DeletedAt)) => "connection.removed",
        { Entity: Sheet } => "sheet",
        _ => null,
    };

    private static bool IsNew(EntityEntry entry, string property) => entry.State == EntityState.Added || entry.Property(property).IsModified;

    private void Tell(DbContext? context, string moment)
    {
        if (context is not null && _pending.TryGetValue(context, out var names))
        {
            foreach (var name in names)
            {
                trigger.At($"commit:{name}.{moment}");
            }
        }
    }

    private void Forget(DbContext? context)
    {
        if (context is not null)
        {
            _pending.Remove(context);
        }
    }
}
