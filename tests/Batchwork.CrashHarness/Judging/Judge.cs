using System.Globalization;
using System.Text.Json;
using Batchwork.CrashHarness.Injected;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Submission;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.CrashHarness.Judging;

/// <summary>
/// Judges a world that has come to rest, by the provider's ledger and by <c>verify</c>, never by the app's own word: nothing paid twice, no batch unknown,
/// nothing lost, no key in a log.
/// </summary>
internal static class Judge
{
    /// <summary>How rows end whose prompts make the emulator go wrong.</summary>
    private static readonly (string Marker, RowState State)[] s_ends =
        [("[[error]]", RowState.Failed), ("[[refuse]]", RowState.Refused), ("[[missing]]", RowState.Missing), ("[[partial:2]]", RowState.Partial), ("[[mislabelled]]", RowState.Stored)];

    /// <summary>Stops the app and judges.</summary>
    /// <param name="world">The world.</param>
    /// <param name="cancellationToken">Cancels the judging.</param>
    /// <exception cref="BrokenPromiseException">A promise is broken.</exception>
    public static async Task JudgeAsync(World world, CancellationToken cancellationToken)
    {
        if (world.App is not null)
        {
            await world.StopAsync(cancellationToken);
        }

        var (code, output) = await world.RunVerbAsync("verify", cancellationToken);
        Require(code == 0, $"verify: {output}");
        await JudgeProviderAsync(world, cancellationToken);
    }

    /// <summary>Judges all jobs and what the provider accepted, also while the app runs.</summary>
    public static async Task JudgeProviderAsync(World world, CancellationToken cancellationToken)
    {
        var ledger = await world.Emulator.LedgerAsync(cancellationToken);
        await using var context = world.Data.Open();
        var attempts = await context.SubmissionAttempts.AsNoTracking().ToListAsync(cancellationToken);
        JudgeCreates(ledger, attempts, world.HasPurged);
        foreach (var order in world.Jobs)
        {
            await JudgeJobAsync(world, order, cancellationToken);
        }

        JudgeLogs(world);
    }

    /// <summary>Judges one job, also while the app runs.</summary>
    public static async Task JudgeJobAsync(World world, Order order, CancellationToken cancellationToken)
    {
        await using var context = world.Data.Open();
        var jobs = await context.Jobs.AsNoTracking().Where(j => j.Name == order.Job).ToListAsync(cancellationToken);
        Require(jobs.Count == 1, $"C04: there are {jobs.Count.ToString(CultureInfo.InvariantCulture)} jobs named {order.Job}.");
        JudgeRows(order, jobs[0], await context.JobRows.AsNoTracking().Where(r => r.JobId == jobs[0].Id).ToListAsync(cancellationToken));
    }

    private static void JudgeCreates(JsonElement ledger, List<SubmissionAttempt> attempts, bool hasPurged)
    {
        var creates = ledger.GetProperty("entries").EnumerateArray()
            .Where(e => string.Equals(e.GetProperty("kind").ToString(), "create", StringComparison.OrdinalIgnoreCase))
            .Where(e => !e.TryGetProperty("fault", out var fault) || fault.ValueKind == JsonValueKind.Null)
            .Select(e => (Id: e.GetProperty("id").GetString()!, Text: e.GetRawText(), Attempt: attempts.Find(a => e.GetRawText().Contains(a.Tag, StringComparison.Ordinal))))
            .ToList();
        foreach (var part in attempts.GroupBy(a => a.PartId))
        {
            var paid = part.Where(a => a.State != AttemptState.Superseded && creates.Any(c => c.Attempt == a)).Select(a => a.Tag).ToList();
            var refused = part.Count(a => a.State == AttemptState.Rejected && a.BatchId is not null);
            Require(paid.Count - refused <= 1, $"I1: part {part.Key} was paid {paid.Count.ToString(CultureInfo.InvariantCulture)} times: {string.Join(", ", paid)}.");
        }

        foreach (var attempt in attempts)
        {
            var accepted = creates.Count(c => c.Attempt == attempt);
            Require(accepted <= 1, $"I1: {attempt.Tag} was accepted {accepted.ToString(CultureInfo.InvariantCulture)} times.");
            Require(accepted == 1 || attempt.BatchId is null, $"I2: {attempt.Tag} names batch {attempt.BatchId}, which the provider never accepted.");
        }

        // What was purged is unknown here by a person's wish.
        foreach (var create in creates.Where(c => !hasPurged || c.Attempt is not null))
        {
            Require(create.Attempt is not null, $"I2: the provider has batch {create.Id}, which carries no tag of ours: {create.Text}");
            Require(IsSame(create.Attempt!.BatchId, create.Id), $"I2: the provider has batch {create.Id} with our tag {create.Attempt.Tag}, and nobody here knows it; the attempt is {create.Attempt.State}.");
        }
    }

    // Google writes "batches/abc" where others write the id alone.
    private static bool IsSame(string? batchId, string id) => batchId == id || batchId?.EndsWith("/" + id, StringComparison.Ordinal) == true;

    private static void JudgeRows(Order order, Job job, List<JobRow> rows)
    {
        Require(rows.Count == order.Prompts.Count, $"I3: {order.Job} has {rows.Count.ToString(CultureInfo.InvariantCulture)} rows instead of {order.Prompts.Count.ToString(CultureInfo.InvariantCulture)}.");
        if (!job.State.HasEnded())
        {
            Require(job is { State: JobState.NeedsYou, Reason.Length: > 0 }, $"I7: {order.Job} is {job.State} and does not say why.");
            return;
        }

        var isFree = job.CancelRequestedAt is not null || order.MayFail;
        foreach (var row in rows)
        {
            Require(row.State != RowState.Waiting, $"I3: row {row.CustomId} of {order.Job} is unexplained.");
            var prompt = order.Prompts[row.Index];
            Require(isFree || prompt.Contains("[[", StringComparison.Ordinal) || row.State == RowState.Stored, $"A paid picture is lost: row {row.CustomId} of {order.Job} is {row.State}: {row.ErrorMessage}");
            foreach (var (marker, state) in s_ends)
            {
                Require(isFree || !prompt.Contains(marker, StringComparison.Ordinal) || row.State == state, $"I3: row {row.CustomId} of {order.Job} is {row.State} instead of {state}: {row.ErrorMessage}");
            }
        }
    }

    private static void JudgeLogs(World world)
    {
        foreach (var log in Directory.GetFiles(world.Folder, "*.log").Where(l => !l.EndsWith("emulator.log", StringComparison.Ordinal)))
        {
            Require(!File.ReadAllText(log).Contains(Driver.Key, StringComparison.Ordinal), $"I9: the key stands in {Path.GetFileName(log)}.");
        }
    }

    private static void Require(bool holds, string fault)
    {
        if (!holds)
        {
            throw new BrokenPromiseException(fault);
        }
    }
}
