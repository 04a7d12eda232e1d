using System.Globalization;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Submission;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.CrashHarness.Judging;

/// <summary>The app's database, looked at from outside.</summary>
internal sealed class AppData(string folder)
{
    /// <summary>SQLite's general error, which here says that a table is not there yet.</summary>
    private const int NoSuchTable = 1;

    public string Folder => folder;

    private string Database => Path.Combine(folder, "batchwork.db");

    public EngineDbContext Open() =>
        new(new DbContextOptionsBuilder<EngineDbContext>().UseSqlite($"Data Source={Database};Pooling=False;Default Timeout=30").Options);

    /// <summary>Whether every job has ended or waits for a person.</summary>
    public Task<bool> HasSettledAsync(CancellationToken cancellationToken) => ReadAsync(async context =>
        !await context.JobParts.AnyAsync(p => p.LeaseOwner != null, cancellationToken)
        && !await context.JobParts.AnyAsync(
            p => p.State != PartState.Closed && p.State != PartState.Held && context.Connections.Any(c => c.Id == p.ConnectionId && c.PausedReason == null), cancellationToken));

    /// <summary>A number that changes when anything comes nearer to its end: rows, parts and attempts, not the time or the tries.</summary>
    public Task<long> MeasureProgressAsync(CancellationToken cancellationToken) => ReadAsync(async context =>
        (await context.JobRows.LongCountAsync(r => r.State != RowState.Waiting, cancellationToken) * 1_000_000)
        + (await context.JobParts.LongCountAsync(p => p.State == PartState.Closed, cancellationToken) * 1_000)
        + await context.SubmissionAttempts.LongCountAsync(a => a.BatchId != null, cancellationToken));

    /// <summary>Jobs that still have something to do.</summary>
    public Task<int> CountOpenAsync(CancellationToken cancellationToken) => ReadAsync(context =>
        context.Jobs.CountAsync(j => context.JobParts.Any(p => p.JobId == j.Id && p.State != PartState.Closed && p.State != PartState.Held), cancellationToken));

    /// <summary>Whether any attempt of a job is in a state.</summary>
    public Task<bool> AnyAttemptAsync(string job, AttemptState state, CancellationToken cancellationToken) =>
        ReadAsync(context => context.SubmissionAttempts.AnyAsync(a => a.State == state && context.Jobs.Any(j => j.Id == a.JobId && j.Name == job), cancellationToken));

    /// <summary>Whether nothing that costs money is sent until an administrator confirms.</summary>
    public Task<bool> IsInSafeModeAsync(CancellationToken cancellationToken) => ReadAsync(context => context.Installations.AnyAsync(i => i.SafeModeSince != null, cancellationToken));

    /// <summary>Whether files at the provider are still to be deleted.</summary>
    public Task<bool> HasFilesToDeleteAsync(CancellationToken cancellationToken) => ReadAsync(context => context.JobParts.AnyAsync(p => p.CleanUpAt != null, cancellationToken));

    /// <summary>The jobs that cannot go on without a person.</summary>
    public async Task<List<string>> WaitingForAPersonAsync(CancellationToken cancellationToken)
    {
        await using var context = Open();
        return await context.Jobs.Where(j => j.State == JobState.NeedsYou).Select(j => j.Name).ToListAsync(cancellationToken);
    }

    public async Task<string> ExplainAsync(CancellationToken cancellationToken)
    {
        await using var context = Open();
        var parts = await context.JobParts.AsNoTracking().Where(p => p.State != PartState.Closed).ToListAsync(cancellationToken);
        return string.Join("; ", parts.Take(5).Select(p => string.Create(
            CultureInfo.InvariantCulture, $"part {p.Id} is {p.State}, batch {p.BatchId ?? "-"}, next look {p.NextCheckAt:O}, held by {p.LeaseOwner ?? "nobody"}: {p.Reason}")));
    }

    private async Task<T> ReadAsync<T>(Func<EngineDbContext, Task<T>> read)
        where T : struct
    {
        if (!File.Exists(Database))
        {
            return default;
        }

        try
        {
            await using var context = Open();
            return await read(context);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == NoSuchTable)
        {
            // Killed before its first migration, or in it.
            return default;
        }
    }
}
