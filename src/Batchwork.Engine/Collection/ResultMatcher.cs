using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Collection;

/// <summary>
/// Joins results to rows by id only: order means nothing, counts mean nothing. The first answer of a row counts; a picture that comes after an
/// error replaces the error; anything else that comes twice is kept apart.
/// </summary>
internal sealed class ResultMatcher
{
    private readonly Dictionary<string, Entry> _rows;

    private ResultMatcher(Dictionary<string, Entry> rows) => _rows = rows;

    public static async Task<ResultMatcher> LoadAsync(IDbContextFactory<EngineDbContext> contexts, JobPart part, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = new Dictionary<string, Entry>(part.RequestCount, StringComparer.Ordinal);
        var query = context.JobRows.AsNoTracking()
            .Where(r => r.PartId == part.Id)
            .Select(r => new { r.Id, r.CustomId, r.Index, r.TryNumber, r.RequestedImages, r.State });
        await foreach (var row in query.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var answer = row.State switch
            {
                RowState.Waiting => Answer.None,
                RowState.Stored or RowState.Partial => Answer.Pictures,
                _ => Answer.Error,
            };
            rows[row.CustomId] = new Entry(new MatchedRow(row.Id, row.Index, row.TryNumber, row.RequestedImages)) { Answer = answer };
        }

        return new ResultMatcher(rows);
    }

    /// <summary>Says which row a result answers. Remembers it: the next result for the same row is a second one.</summary>
    public ResultMatch Match(BatchResult result)
    {
        if (result.Outcome == ResultOutcome.Unreadable && !_rows.ContainsKey(result.CustomId))
        {
            return new ResultMatch(null, UnmatchedKind.Unreadable);
        }

        if (!_rows.TryGetValue(result.CustomId, out var entry))
        {
            return new ResultMatch(null, UnmatchedKind.UnknownId);
        }

        var answer = result.Images.Count > 0 ? Answer.Pictures : Answer.Error;
        if (answer <= entry.Answer)
        {
            return new ResultMatch(entry.Row, UnmatchedKind.Extra);
        }

        entry.Answer = answer;
        return new ResultMatch(entry.Row, null);
    }

    private enum Answer
    {
        None,
        Error,
        Pictures,
    }

    private sealed class Entry(MatchedRow row)
    {
        public MatchedRow Row { get; } = row;

        public Answer Answer { get; set; }
    }
}
