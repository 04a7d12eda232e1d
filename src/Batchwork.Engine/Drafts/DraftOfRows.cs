using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Drafts.Checking;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Sheets;
using Batchwork.Engine.Sheets.Reading;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Drafts;

/// <summary>
/// Makes a draft of rows that ended badly, as they stand in the job's sheet and with the job's settings, so that a person can change what was wrong and
/// run just these. The job keeps its rows and their history.
/// </summary>
public sealed class DraftOfRows(
    IDbContextFactory<EngineDbContext> contexts, SheetStore store, DraftChecker checker, ProviderAdapters adapters, ILiveUpdates liveUpdates, TimeProvider time)
{
    /// <summary>Makes the draft. Nothing is sent before the person runs it.</summary>
    /// <param name="actor">Who asks; a Creator at least.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="cause">What the rows have in common.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The draft, or <see langword="null"/> when there is no such job or no such row.</returns>
    public async Task<Guid?> CreateAsync(Actor actor, Guid jobId, ProblemCause cause, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cause);
        actor.Require(Role.Creator);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var job = await context.Jobs.AsNoTracking()
            .SingleOrDefaultAsync(j => j.Id == jobId && j.WorkspaceId == actor.WorkspaceId && j.DeletedAt == null, cancellationToken);
        var source = job is null ? null : await SheetOfAsync(context, job, cancellationToken);
        if (job is null || source is null || await CountAsync(context, job, cause, cancellationToken) is not (> 0 and var count))
        {
            return null;
        }

        var sheet = NewSheet(actor, job, source, cause, count);
        await Task.Run(() => store.AddAsync(sheet, RowsOf(context, job, source.Id, cause), cancellationToken), cancellationToken);
        var draft = NewDraft(actor, job, sheet.Id);
        draft.ConnectionId = await context.Connections.AnyAsync(c => c.Id == job.ConnectionId && c.DeletedAt == null, cancellationToken) ? job.ConnectionId : null;
        context.Drafts.Add(draft);
        await context.SaveChangesAsync(cancellationToken);
        await checker.CheckAsync(draft.Id, cancellationToken);
        liveUpdates.Publish(new LiveChange(actor.WorkspaceId, null));
        return draft.Id;
    }

    private static Task<Sheet?> SheetOfAsync(EngineDbContext context, Job job, CancellationToken cancellationToken) => context.Sheets.AsNoTracking()
        .SingleOrDefaultAsync(s => context.Drafts.Any(d => d.Id == job.DraftId && d.SheetId == s.Id), cancellationToken);

    private static IQueryable<JobRow> Matching(EngineDbContext context, Job job, ProblemCause cause) =>
        context.JobRows.Where(r => r.JobId == job.Id && r.State == cause.State && r.Outcome == cause.Outcome && r.ErrorCode == cause.Code);

    private static Task<int> CountAsync(EngineDbContext context, Job job, ProblemCause cause, CancellationToken cancellationToken) =>
        Matching(context, job, cause).CountAsync(cancellationToken);

    private static IEnumerable<ReadRow> RowsOf(EngineDbContext context, Job job, Guid sheetId, ProblemCause cause) =>
        Matching(context, job, cause)
            .Join(context.SheetRows.Where(s => s.SheetId == sheetId), r => r.Index, s => s.Index, (r, s) => new { r.CustomId, Row = s })
            .OrderBy(r => r.Row.Index)
            .AsNoTracking()
            .AsEnumerable()
            .Select(r => new ReadRow(r.Row.Number, WithId(r.Row.Cells, r.CustomId), r.Row.Extra, Problem: null));

    /// <summary>An id that was made from the row's place would be another one in a shorter sheet, and people know the row by it.</summary>
    private static Dictionary<string, string> WithId(IReadOnlyDictionary<string, string> cells, string customId) =>
        new(cells, StringComparer.Ordinal) { [SheetFields.CustomId] = customId };

    private Sheet NewSheet(Actor actor, Job job, Sheet source, ProblemCause cause, int count)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var rows = string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "row" : "rows")}");
        return new Sheet
        {
            Id = id,
            WorkspaceId = actor.WorkspaceId,
            FileName = source.FileName,
            Format = source.Format,
            Bytes = 0,

            // The hash of no file: a sheet that was made here was never uploaded before.
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id.ToString()))),
            RowCount = count,
            Columns = source.Columns,
            Notices = [$"{rows} of “{job.Name}” that {Ended(cause.State, adapters.NameOf(job.Provider))}. Change what was wrong, then run them as a job of their own."],
            CreatedByName = actor.Name,
            CreatedAt = time.GetUtcNow(),
        };
    }

    private Draft NewDraft(Actor actor, Job job, Guid sheetId)
    {
        var now = time.GetUtcNow();
        return new Draft
        {
            Id = Guid.CreateVersion7(now),
            WorkspaceId = actor.WorkspaceId,
            CreatedBy = actor.UserId,
            CreatedByName = actor.Name,
            Name = $"{CellText.Cut(job.Name, 100)} – changed",
            SheetId = sheetId,
            Model = job.Model,
            Defaults = job.Defaults,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    private static string Ended(RowState state, string provider) => state switch
    {
        RowState.Refused => $"{provider} refused",
        RowState.Partial => "got fewer pictures than were asked for",
        RowState.Expired => "expired",
        RowState.Missing => $"{provider} did not answer",
        _ => "failed",
    };
}
