using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Batchwork.Engine.Archives;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Costs;

/// <summary>A month's costs as CSV, line by line, so that the largest month needs no more memory than the smallest. A download: for Reviewers and above.</summary>
public sealed class CostExport(IDbContextFactory<EngineDbContext> contexts, CostQueries queries)
{
    private const decimal Micro = 1_000_000m;

    /// <summary>One line a job.</summary>
    /// <param name="actor">Who asks; a Reviewer at least.</param>
    /// <param name="month">The month; <see langword="null"/> for the one that goes on.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The file's text in pieces.</returns>
    public IAsyncEnumerable<string> JobsAsync(Actor actor, BillingMonth? month, CancellationToken cancellationToken)
    {
        Check(actor);
        return ReadJobsAsync(actor, month, cancellationToken);
    }

    /// <summary>One line a try of a row.</summary>
    /// <inheritdoc cref="JobsAsync"/>
    public IAsyncEnumerable<string> RowsAsync(Actor actor, BillingMonth month, CancellationToken cancellationToken)
    {
        Check(actor);
        return ReadRowsAsync(actor, month, cancellationToken);
    }

    private async IAsyncEnumerable<string> ReadJobsAsync(Actor actor, BillingMonth? month, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var overview = await queries.MonthAsync(actor, month, cancellationToken);
        yield return CsvText.Mark + "month,job,rows,rows_of_unknown_cost,charged_usd,compared_charged_usd,compared_estimate_usd,difference_usd,held_usd\r\n";
        foreach (var job in overview.Jobs)
        {
            var compared = job.Sum.ComparedRows > 0;
            var line = new StringBuilder().Cell(overview.Month.ToString()).Cell(job.Name);
            Number(line, job.Sum.Rows);
            Number(line, job.Sum.UnknownRows);
            Usd(line, job.Sum.Rows == job.Sum.UnknownRows && job.Sum.Rows > 0 ? null : job.Sum.MicroUsd);
            Usd(line, compared ? job.Sum.ComparedMicroUsd : null);
            Usd(line, compared ? job.Sum.ComparedEstimateMicroUsd : null);
            Usd(line, job.Sum.DifferenceMicroUsd);
            Usd(line, job.HeldMicroUsd);
            yield return End(line);
        }
    }

    private async IAsyncEnumerable<string> ReadRowsAsync(Actor actor, BillingMonth month, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return CsvText.Mark + "day,job,started_by,row,id,try,charged_usd,estimate_usd,difference_usd,known_from\r\n";
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = await CostReader.Of(context, actor.WorkspaceId, month.First, month.End).Select(l => l.JobId).Distinct().ToListAsync(cancellationToken);
        var names = await CostReader.JobNamesAsync(context, actor.WorkspaceId, ids, cancellationToken);
        var lines =
            from l in CostReader.Of(context, actor.WorkspaceId, month.First, month.End)
            join r in context.JobRows on l.RowId equals r.Id into rows
            from r in rows.DefaultIfEmpty()
            orderby l.Day, l.JobId
            select new { l.JobId, Cost = new RowCost(l.RowId, r == null ? null : (int?)r.Number, r == null ? null : r.CustomId, l.TryNumber, l.Day, l.MicroUsd, l.EstimateMicroUsd, l.Basis) };
        await foreach (var line in lines.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return Line(line.Cost, names.GetValueOrDefault(line.JobId));
        }
    }

    private static string Line(RowCost cost, CostReader.JobName? job)
    {
        var line = new StringBuilder()
            .Cell(cost.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            .Cell(job?.Name)
            .Cell(job?.CreatedByName)
            .Cell(cost.Number?.ToString(CultureInfo.InvariantCulture))
            .Cell(cost.CustomId);
        Number(line, cost.TryNumber);
        Usd(line, cost.MicroUsd);
        Usd(line, cost.EstimateMicroUsd);
        Usd(line, cost.DifferenceMicroUsd);
        return End(line.Cell(cost.Basis switch
        {
            CostBasis.Reported => "price named by the provider",
            CostBasis.Tokens => "tokens counted by the provider",
            _ => "unknown",
        }));
    }

    private static void Check(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Reviewer);
    }

    private static void Number(StringBuilder line, int number) => line.Append(CultureInfo.InvariantCulture, $"{number}").Append(',');

    /// <summary>What is not known is left empty: a spreadsheet would add up a zero.</summary>
    private static void Usd(StringBuilder line, long? microUsd)
    {
        if (microUsd is { } sum)
        {
            line.Append((sum / Micro).ToString("0.000000", CultureInfo.InvariantCulture));
        }

        line.Append(',');
    }

    private static string End(StringBuilder line)
    {
        line.Length--;
        return line.Append("\r\n").ToString();
    }
}
