using System.Globalization;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Costs;
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
    public Task<Guid> RunAsync(Actor actor, Guid draftId, int? revision, CancellationToken cancellationToken) =>
        RunAsync(actor, draftId, revision, reuseStored: false, cancellationToken);

    /// <summary>Starts the job of a draft as a person saw it, perhaps with pictures that are stored already.</summary>
    /// <param name="actor">Who starts it; a Creator at least.</param>
    /// <param name="draftId">The draft.</param>
    /// <param name="revision">The revision whose facts were shown; another one is not started.</param>
    /// <param name="reuseStored">Whether rows whose request was answered before get those pictures instead of being sent and paid for; see <see cref="ReuseQueries"/>.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>The job.</returns>
    /// <exception cref="DraftNotReadyException">It cannot be sent as it is; nothing was started.</exception>
    /// <exception cref="BudgetExceededException">A budget does not allow it; nothing was started.</exception>
    public async Task<Guid> RunAsync(Actor actor, Guid draftId, int? revision, bool reuseStored, CancellationToken cancellationToken)
    {
        actor.Require(Role.Creator);
        var (jobId, isNew) = await Task.Run(() => StartAsync(actor, draftId, revision, reuseStored, cancellationToken), cancellationToken);
        if (isNew)
        {
            liveUpdates.Publish(new LiveChange(actor.WorkspaceId, jobId));
            liveUpdates.Publish(new LiveChange(actor.WorkspaceId, null));
            signal.Wake();
        }

        return jobId;
    }

    private async Task<(Guid JobId, bool IsNew)> StartAsync(Actor actor, Guid draftId, int? revision, bool reuseStored, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var seen = await FindAsync(context, actor, draftId, cancellationToken);
        if (seen.JobId is { } existing)
        {
            return (existing, false);
        }

        if (revision is not null && seen.Revision != revision)
        {
            throw Changed();
        }

        // The long look at every row comes first: while the rows are written, nobody else can write.
        var settings = await SettingsAsync(context, seen, cancellationToken);
        await RequireConnectionAsync(context, actor, seen, cancellationToken);
        var reused = reuseStored
            ? await ReuseQueries.FindAsync(context, seen, settings, cancellationToken).Select(r => r.Index).ToHashSetAsync(comparer: null, cancellationToken)
            : [];
        var plan = await PlanAsync(context, seen, settings, reused, cancellationToken);
        context.ChangeTracker.Clear();

        // Takes the writer's place at once: a second start waits here, and then finds the job of the first.
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var draft = await FindAsync(context, actor, draftId, cancellationToken);
        if (draft.JobId is { } meanwhile)
        {
            return (meanwhile, false);
        }

        if (draft.Revision != seen.Revision)
        {
            throw Changed();
        }

        if (!settings.IsDemo && plan.Estimate.Requests > 0)
        {
            await BudgetGuard.CheckAsync(context, actor.WorkspaceId, draft.ConnectionId!.Value, plan.Estimate.MicroUsd ?? 0, time.GetUtcNow(), cancellationToken);
        }

        var job = await FreezeAsync(context, actor, draft, settings, plan, cancellationToken);
        draft.JobId = job.Id;
        draft.Undo = null;
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (job.Id, true);
    }

    private static async Task<Draft> FindAsync(EngineDbContext context, Actor actor, Guid draftId, CancellationToken cancellationToken) =>
        await context.Drafts.SingleOrDefaultAsync(d => d.Id == draftId && d.WorkspaceId == actor.WorkspaceId && d.DeletedAt == null, cancellationToken)
            ?? throw new DraftNotReadyException("This draft is not there any more. Nothing was started.");

    private static DraftNotReadyException Changed() =>
        new("The draft was changed while you looked at it. Look at its facts again, then run it. Nothing was started.");

    private async Task<CheckSettings> SettingsAsync(EngineDbContext context, Draft draft, CancellationToken cancellationToken)
    {
        var settings = await settingsReader.ReadAsync(context, draft, cancellationToken);
        return settings.Adapter is null ? throw new DraftNotReadyException("Choose a connection first. Nothing was started.")
            : settings.Model is null ? throw new DraftNotReadyException("Choose a model first. Nothing was started.")
            : settings;
    }

    private static async Task RequireConnectionAsync(EngineDbContext context, Actor actor, Draft draft, CancellationToken cancellationToken)
    {
        var connection = await CheckSettingsReader.FindAsync(context, draft, cancellationToken);
        if (connection is not null && connection.UsableBy > actor.Role)
        {
            throw new DraftNotReadyException($"Jobs over “{connection.Label}” need the role {connection.UsableBy}. Choose another connection, or ask for it. Nothing was started.");
        }
    }

    private async Task<Job> FreezeAsync(
        EngineDbContext context, Actor actor, Draft draft, CheckSettings settings, JobPlan plan, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var job = new Job
        {
            Id = Guid.CreateVersion7(now),
            WorkspaceId = actor.WorkspaceId,
            DraftId = draft.Id,
            Name = draft.Name,
            ConnectionId = draft.ConnectionId!.Value,
            Provider = settings.Provider,
            Model = settings.Model!,
            IsDemo = settings.IsDemo,
            Defaults = draft.Defaults,
            CreatedBy = actor.UserId,
            CreatedByName = actor.Name,
            CreatedAt = now,
            State = JobState.Submitting,
            RequestedRows = plan.Rows,
            RequestedImages = plan.Images,
            Estimate = plan.Estimate,
            TokenPrices = settings.IsDemo ? null : settings.Rules?.TokenPrices,
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
            Text = string.Create(CultureInfo.InvariantCulture, $"{actor.Name} started the job with {plan.Rows:N0} {(plan.Rows == 1 ? "row" : "rows")}."),
        });
        context.Audit(
            actor, now, AuditActions.JobRun, job.Name, job.Id, after: string.Create(CultureInfo.InvariantCulture, $"{plan.Rows} rows, {plan.Images} images, {job.Provider}/{job.Model}{(job.IsDemo ? ", demo" : null)}"));
        await context.SaveChangesAsync(cancellationToken);
        await AddRowsAsync(context, draft, job, settings, plan.Reused, cancellationToken);
        if (plan.Reused.Count > 0)
        {
            await ReuseAsync(context, job, actor, plan.Reused.Count, cancellationToken);
        }

        return job;
    }

    /// <summary>Fills the rows that need not be sent. They are in no part.</summary>
    private async Task ReuseAsync(EngineDbContext context, Job job, Actor actor, int count, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await context.SaveChangesAsync(cancellationToken);
        var unsent = context.JobRows.Where(r => r.JobId == job.Id && r.State == RowState.Waiting && r.PartId == null);
        if (await StoredReuse.FillAsync(context, unsent, now, cancellationToken) != count)
        {
            throw new DraftNotReadyException("Some of the stored pictures were removed meanwhile. Look at the facts again, then run it. Nothing was started.");
        }

        context.Activities.Add(new Activity
        {
            Id = Guid.CreateVersion7(now),
            WorkspaceId = job.WorkspaceId,
            JobId = job.Id,
            At = now,
            Kind = ActivityKind.Person,
            By = actor.Name,
            Text = string.Create(CultureInfo.InvariantCulture, $"{actor.Name} used stored pictures of the same requests for {count:N0} {(count == 1 ? "row" : "rows")}. Nothing is charged for them."),
        });
        await context.SaveChangesAsync(cancellationToken);
        await JobProgress.RefreshAsync(context, job, now, cancellationToken);
    }

    /// <summary>The first pass: nothing is written unless every row can be sent.</summary>
    private static async Task<JobPlan> PlanAsync(
        EngineDbContext context, Draft draft, CheckSettings settings, HashSet<int> reused, CancellationToken cancellationToken)
    {
        var checker = new RowChecker(settings);
        var estimator = new Estimator(settings.Rules, settings.Adapter?.Capabilities, settings.IsDemo);
        var (errors, rows, images) = (0, 0, 0L);
        await foreach (var row in RowsOf(context, draft).WithCancellation(cancellationToken))
        {
            if (!row.Skipped)
            {
                var found = checker.Check(row);
                errors += found.Check == RowCheck.Error ? 1 : 0;
                rows++;
                images += found.Effective.N.Value;
                if (!reused.Contains(row.Index))
                {
                    estimator.Add(found.Effective);
                }
            }
        }

        return errors > 0
            ? throw new DraftNotReadyException(string.Create(CultureInfo.InvariantCulture, $"{errors:N0} {(errors == 1 ? "row" : "rows")} cannot be sent. Fix or skip them first. Nothing was started."))
            : rows == 0 ? throw new DraftNotReadyException("Every row is skipped. Take at least one back in. Nothing was started.")
            : new JobPlan(rows, images, estimator.ToEstimate(), reused);
    }

    /// <summary>The second pass: rows as they stand, each requested one in its part. The parts are written first, the rows refer to them.</summary>
    private static async Task AddRowsAsync(
        EngineDbContext context, Draft draft, Job job, CheckSettings settings, HashSet<int> reused, CancellationToken cancellationToken)
    {
        var checker = new RowChecker(settings);
        var planner = new PartPlanner(settings.Adapter?.Capabilities);
        var estimator = new Estimator(settings.Rules, settings.Adapter?.Capabilities, settings.IsDemo);
        var parts = new List<(Guid Id, int Requests)>();
        using (var insert = BulkStatement<JobRow>.Insert(context))
        {
            await foreach (var row in RowsOf(context, draft).WithCancellation(cancellationToken))
            {
                var (own, effective) = checker.Request(row);
                Guid? partId = null;
                if (!row.Skipped && !reused.Contains(row.Index))
                {
                    var number = planner.Add(RequestSize.AtMost(effective));
                    if (number > parts.Count)
                    {
                        parts.Add((Guid.CreateVersion7(job.CreatedAt), 0));
                    }

                    parts[^1] = (parts[^1].Id, parts[^1].Requests + 1);
                    partId = parts[^1].Id;
                }

                insert.Run(ToJobRow(row, own, effective, job, partId, estimator.CostOf(effective)));
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

    private static JobRow ToJobRow(SheetRow row, ImageRequest own, EffectiveRequest effective, Job job, Guid? partId, long? estimate) => new()
    {
        Id = Guid.CreateVersion7(job.CreatedAt),
        WorkspaceId = job.WorkspaceId,
        JobId = job.Id,
        Index = row.Index,
        Number = row.Number,
        CustomId = row.Skipped ? SkippedId(row) : effective.CustomId,
        Prompt = effective.Prompt,
        Own = new ImageDefaults
        {
            N = own.N,
            Size = own.Size,
            AspectRatio = own.AspectRatio,
            Seed = own.Seed,
            ProviderOptions = own.ProviderOptions,
        },
        Extra = row.Extra,
        RequestKey = row.Skipped ? null : RequestKey.Of(effective, job.Provider, job.Model, job.IsDemo),
        RequestedImages = row.Skipped ? 0 : effective.N.Value,
        EstimateMicroUsd = row.Skipped ? null : estimate,
        State = row.Skipped ? RowState.Skipped : RowState.Waiting,
        PartId = partId,
    };

    /// <summary>
    /// A skipped row may have been skipped because its id is another row's, and ids are unique in a job. Ids of a sheet are trimmed, so none can be
    /// this one with its space at the end.
    /// </summary>
    private static string SkippedId(SheetRow row) => string.Create(CultureInfo.InvariantCulture, $"skipped-{row.Index} ");

    /// <summary>What the first pass found: rows and pictures that are asked for, what sending costs, and which rows need not be sent.</summary>
    private sealed record JobPlan(int Rows, long Images, JobEstimate Estimate, HashSet<int> Reused);
}
