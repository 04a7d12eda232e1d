using Batchwork.Engine.Jobs;
using Batchwork.Engine.Polling;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Costs;

/// <summary>Writes cost lines in the transaction that writes the rows they are about, so neither is ever there without the other. The demo costs nothing and has none.</summary>
internal static class CostRecorder
{
    /// <summary>Records answers. What was unknown becomes known when the provider says it later; what is known stays as it is.</summary>
    /// <param name="work">The open transaction.</param>
    /// <param name="answers">Rows as they stand after their answer, with what it means and what was used.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    public static async Task RecordAsync(
        PartInWork work, IReadOnlyCollection<(JobRow Row, ResultOutcome Outcome, BatchUsage? Usage)> answers, CancellationToken cancellationToken)
    {
        if (work.Job.IsDemo || answers.Count == 0)
        {
            return;
        }

        var ids = answers.Select(a => a.Row.Id).Distinct().ToList();
        var lines = (await work.Context.CostLines.Where(l => ids.Contains(l.RowId)).ToListAsync(cancellationToken)).ToDictionary(l => (l.RowId, l.TryNumber));
        foreach (var (row, outcome, usage) in answers)
        {
            if (CostRule.Of(outcome, usage, work.Job.TokenPrices) is not { } cost)
            {
                continue;
            }

            if (!lines.TryGetValue((row.Id, row.TryNumber), out var line))
            {
                line = NewLine(work, row);
                lines.Add((row.Id, row.TryNumber), line);
                work.Context.CostLines.Add(line);
            }

            (line.MicroUsd, line.Basis) = cost.MicroUsd is null ? (line.MicroUsd, line.Basis) : cost;
        }
    }

    /// <summary>Rows for which the provider gave no answer, although it says that it is done: they may have been charged.</summary>
    /// <param name="work">The open transaction.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    public static async Task RecordMissingAsync(PartInWork work, CancellationToken cancellationToken)
    {
        if (work.Job.IsDemo)
        {
            return;
        }

        var (connection, part, waiting, day) = (work.Part.ConnectionId, work.Part.Id, (int)RowState.Waiting, DayOf(work.Now));
        await work.Context.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO "CostLines" ("RowId", "TryNumber", "WorkspaceId", "JobId", "ConnectionId", "Day", "MicroUsd", "EstimateMicroUsd", "Basis")
             SELECT r."Id", r."TryNumber", r."WorkspaceId", r."JobId", {connection}, {day}, NULL, r."EstimateMicroUsd", 0
             FROM "JobRows" AS r
             WHERE r."PartId" = {part} AND r."State" = {waiting}
               AND NOT EXISTS (SELECT 1 FROM "CostLines" AS c WHERE c."RowId" = r."Id" AND c."TryNumber" = r."TryNumber")
             """,
            cancellationToken);
    }

    private static DateOnly DayOf(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime);

    private static CostLine NewLine(PartInWork work, JobRow row) => new()
    {
        RowId = row.Id,
        TryNumber = row.TryNumber,
        WorkspaceId = row.WorkspaceId,
        JobId = row.JobId,
        ConnectionId = work.Part.ConnectionId,
        Day = DayOf(work.Now),
        EstimateMicroUsd = row.EstimateMicroUsd,
    };
}
