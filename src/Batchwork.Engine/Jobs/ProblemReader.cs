using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Jobs;

/// <summary>Reads what went wrong in a job, row by row, so that memory does not grow with the rows.</summary>
internal static class ProblemReader
{
    private const int Examples = 3;
    private const int ShownPrompt = 200;
    private const int ShownMessage = 1_000;

    /// <summary>The states that need an explanation. A row that a person cancelled is explained by its state.</summary>
    private static readonly IReadOnlyList<RowState> s_states =
        [RowState.Partial, RowState.Refused, RowState.Failed, RowState.Expired, RowState.Missing];

    public static async Task<JobProblems> ReadAsync(EngineDbContext context, Guid jobId, CancellationToken cancellationToken)
    {
        var rows = context.JobRows
            .Where(r => r.JobId == jobId && s_states.Contains(r.State))
            .OrderBy(r => r.State).ThenBy(r => r.Index)
            .Select(r => new ProblemRow(
                r.State,
                r.Outcome,
                r.ErrorCode,
                r.ErrorMessage == null ? null : r.ErrorMessage.Substring(0, ShownMessage),
                r.AnsweredAt,
                r.Number,
                r.CustomId,
                r.Prompt.Substring(0, ShownPrompt)))
            .AsAsyncEnumerable();
        var grouper = new ProblemGrouper();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            grouper.Add(row);
        }

        return grouper.Finish() with { Unmatched = await UnmatchedAsync(context, jobId, cancellationToken) };
    }

    private static async Task<IReadOnlyList<UnmatchedGroup>> UnmatchedAsync(EngineDbContext context, Guid jobId, CancellationToken cancellationToken)
    {
        var groups = new List<UnmatchedGroup>();
        var unmatched = context.UnmatchedResults.Where(u => u.JobId == jobId);
        foreach (var (kind, count) in await unmatched.CountByAsync(u => u.Kind, cancellationToken))
        {
            var examples = await unmatched
                .Where(u => u.Kind == kind)
                .OrderBy(u => u.Id)
                .Take(Examples)
                .Select(u => new UnmatchedExample(u.CustomId, u.Place, u.Raw == null ? null : u.Raw.Substring(0, ShownMessage)))
                .ToListAsync(cancellationToken);
            groups.Add(new UnmatchedGroup(kind, count, examples));
        }

        return groups;
    }
}
