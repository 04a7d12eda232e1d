using System.Globalization;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Drafts.Checking;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Scheduling;
using Batchwork.Engine.Sheets;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Jobs;

/// <summary>Turns a draft into a job, once. Rows, values and parts are frozen in the same transaction, so half a job is never seen.</summary>
/// <param name="contexts">Makes the contexts.</param>
/// <param name="settingsReader">Reads under which settings the rows are sent.</param>
/// <param name="liveUpdates">Tells open pages.</param>
/// <param name="signal">Wakes the workers.</param>
/// <param name="time">The clock.</param>
public sealed class JobStarter(
    IDbContextFactory<EngineDbContext> contexts,
    CheckSettingsReader settingsReader,
    ILiveUpdates liveUpdates,
    IWorkSignal signal,
    TimeProvider time)
{
    /// <summary>Starts the job of a draft, or finds the one that was started before: a double click, two tabs and a retry give the same job.</summary>
    /// <param name="actor">Who starts it; a Creator at least.</param>
    /// <param name="draftId">The draft.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>The job.</returns>
    /// <exception cref="DraftNotReadyException">It cannot be sent as it is; nothing was started.</exception>
    public Task<Guid> RunAsync(Actor actor, Guid draftId, CancellationToken cancellationToken) => RunAsync(actor, draftId, null, cancellationToken);

    /// <summary>Starts the job of a draft as a person saw it.</summary>
    /// <param name="actor">Who starts it; a Creator at least.</param>
    /// <param name="draftId">The draft.</param>
    /// <param name="revision">The revision whose facts were shown; another one is not started.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>The job.</returns>
    /// <exception cref="DraftNotReadyException">It cannot be sent as it is; nothing was started.</exception>
    public async Task<Guid> RunAsync(Actor actor, Guid draftId, int? revision, CancellationToken cancellationToken)
    {
        actor.Require(Role.Creator);
        var (jobId, isNew) = await Task.Run(() => StartAsync(actor, draftId, revision, cancellationToken), cancellationToken);
        if (isNew)
        {
            liveUpdates.Publish(new LiveChange(actor.WorkspaceId, jobId));
            liveUpdates.Publish(new LiveChange(actor.WorkspaceId, null));
            signal.Wake();
        }

        return jobId;
    }

    private async Task<(Guid JobId, bool IsNew)> StartAsync(Actor actor, Guid draftId, int? revision, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);

        // Takes the writer's place at once: a second start waits here, and then finds the job of the first.
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var draft = await context.Drafts.SingleOrDefaultAsync(d => d.Id == draftId && d.WorkspaceId == actor.WorkspaceId && d.DeletedAt == null, cancellationToken)
            ?? throw new DraftNotReadyException("This draft is not there any more. Nothing was started.");
        if (draft.JobId is { } existing)
        {
            return (existing, false);
        }

        if (revision is not null && draft.Revision != revision)
        {
            throw new DraftNotReadyException("The draft was changed while you looked at it. Look at its facts again, then run it. Nothing was started.");
        }

        var connection = await CheckSettingsReader.FindAsync(context, draft, cancellationToken)
            ?? throw new DraftNotReadyException("Choose a connection first. Nothing was started.");
        var settings = await settingsReader.ReadAsync(context, draft, cancellationToken);
        if (settings.Model is null || settings.Adapter is null)
        {
            throw new DraftNotReadyException("Choose a model first. Nothing was started.");
        }

        var job = await FreezeAsync(context, actor, draft, connection, settings, cancellationToken);
        draft.JobId = job.Id;
        draft.Undo = null;
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (job.Id, true);
    }

    private async Task<Job> FreezeAsync(
        EngineDbContext context, Actor actor, Draft draft, Connection connection, CheckSettings settings, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var estimate = await EstimateAsync(context, draft, settings, cancellationToken);
        var job = new Job
        {
            Id = Guid.CreateVersion7(now),
            WorkspaceId = actor.WorkspaceId,
            DraftId = draft.Id,
            Name = draft.Name,
            ConnectionId = connection.Id,
            Provider = settings.Provider,
            Model = settings.Model!,
            IsDemo = connection.IsDemo,
            Defaults = draft.Defaults,
            CreatedBy = actor.UserId,
            CreatedByName = actor.Name,
            CreatedAt = now,
            State = JobState.Submitting,
            RequestedRows = estimate.Requests,
            RequestedImages = estimate.Images,
            Estimate = estimate,
        };
        context.Jobs.Add(job);
        context.Activities.Add(new Activity
        {
            Id = Guid.CreateVersion7(now),
            WorkspaceId = job.WorkspaceId,
            JobId = job.Id,
            At = now,
            Kind = ActivityKind.Created,
            By = actor.Name,
            Text = string.Create(CultureInfo.InvariantCulture, $"{actor.Name} started the job with {estimate.Requests:N0} rows."),
        });
        await context.SaveChangesAsync(cancellationToken);
        await AddRowsAsync(context, draft, job, settings, cancellationToken);
        return job;
    }

    /// <summary>The first pass: nothing is written unless every row can be sent.</summary>
    private static async Task<JobEstimate> EstimateAsync(EngineDbContext context, Draft draft, CheckSettings settings, CancellationToken cancellationToken)
    {
        var checker = new RowChecker(settings);
        var estimator = new Estimator(settings.Rules, settings.Adapter?.Capabilities, settings.IsDemo);
        var errors = 0;
        await foreach (var row in RowsOf(context, draft).WithCancellation(cancellationToken))
        {
            if (!row.Skipped)
            {
                var found = checker.Check(row);
                errors += found.Check == RowCheck.Error ? 1 : 0;
                estimator.Add(found.Effective);
            }
        }

        var estimate = estimator.ToEstimate();
        return errors > 0
            ? throw new DraftNotReadyException(string.Create(CultureInfo.InvariantCulture, $"{errors:N0} rows cannot be sent. Fix or skip them first. Nothing was started."))
            : estimate.Requests == 0 ? throw new DraftNotReadyException("Every row is skipped. Take at least one back in. Nothing was started.")
            : estimate;
    }

    /// <summary>The second pass: rows as they stand, each requested one in its part. The parts are written first, the rows refer to them.</summary>
    private static async Task AddRowsAsync(EngineDbContext context, Draft draft, Job job, CheckSettings settings, CancellationToken cancellationToken)
    {
        var checker = new RowChecker(settings);
        var planner = new PartPlanner(settings.Adapter?.Capabilities);
        var parts = new List<(Guid Id, int Requests)>();
        using (var insert = BulkStatement<JobRow>.Insert(context))
        {
            await foreach (var row in RowsOf(context, draft).WithCancellation(cancellationToken))
            {
                var found = checker.Check(row);
                Guid? partId = null;
                if (!row.Skipped)
                {
                    var number = planner.Add(RequestSize.AtMost(found.Effective));
                    if (number > parts.Count)
                    {
                        parts.Add((Guid.CreateVersion7(job.CreatedAt), 0));
                    }

                    parts[^1] = (parts[^1].Id, parts[^1].Requests + 1);
                    partId = parts[^1].Id;
                }

                insert.Run(ToJobRow(row, found, job, partId));
            }
        }

        context.JobParts.AddRange(parts.Select((part, i) => new JobPart
        {
            Id = part.Id,
            WorkspaceId = job.WorkspaceId,
            JobId = job.Id,
            ConnectionId = job.ConnectionId,
            Number = i + 1,
            TryNumber = 1,
            RequestCount = part.Requests,
            State = PartState.Ready,
            NextCheckAt = job.CreatedAt,
        }));
    }

    private static IAsyncEnumerable<SheetRow> RowsOf(EngineDbContext context, Draft draft) =>
        context.SheetRows.AsNoTracking().Where(r => r.SheetId == draft.SheetId).OrderBy(r => r.Index).AsAsyncEnumerable();

    private static JobRow ToJobRow(SheetRow row, CheckedRow found, Job job, Guid? partId) => new()
    {
        Id = Guid.CreateVersion7(job.CreatedAt),
        WorkspaceId = job.WorkspaceId,
        JobId = job.Id,
        Index = row.Index,
        Number = row.Number,
        CustomId = row.Skipped ? SkippedId(row) : found.Effective.CustomId,
        Prompt = found.Effective.Prompt,
        Own = new ImageDefaults
        {
            N = found.Own.N,
            Size = found.Own.Size,
            AspectRatio = found.Own.AspectRatio,
            Seed = found.Own.Seed,
            ProviderOptions = found.Own.ProviderOptions,
        },
        Extra = row.Extra,
        RequestedImages = row.Skipped ? 0 : found.Effective.N.Value,
        State = row.Skipped ? RowState.Skipped : RowState.Waiting,
        PartId = partId,
    };

    /// <summary>
    /// A skipped row may have been skipped because its id is another row's, and ids are unique in a job. Ids of a sheet are trimmed, so none can be
    /// this one with its space at the end.
    /// </summary>
    private static string SkippedId(SheetRow row) => string.Create(CultureInfo.InvariantCulture, $"skipped-{row.Index} ");
}
