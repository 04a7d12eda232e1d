using System.Globalization;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.CrashHarness.Judging;

/// <summary>The app's database, looked at from outside.</summary>
internal sealed class AppData(string folder)
{
    public string Folder => folder;

    private string Database => Path.Combine(folder, "batchwork.db");

    public EngineDbContext Open() =>
        new(new DbContextOptionsBuilder<EngineDbContext>().UseSqlite($"Data Source={Database};Pooling=False;Default Timeout=30").Options);

    /// <summary>Whether every job has ended or waits for a person.</summary>
    public async Task<bool> HasSettledAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Database))
        {
            return false;
        }

        try
        {
            await using var context = Open();
            var open = await context.JobParts
                .Where(p => p.State != PartState.Closed && p.State != PartState.Held && context.Connections.Any(c => c.Id == p.ConnectionId && c.PausedReason == null))
                .AnyAsync(cancellationToken);
            return !open && !await context.JobParts.AnyAsync(p => p.LeaseOwner != null, cancellationToken);
        }
        catch (SqliteException)
        {
            // Not migrated yet.
            return false;
        }
    }

    /// <summary>Jobs that still have something to do.</summary>
    public async Task<int> CountOpenAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Database))
        {
            return 0;
        }

        try
        {
            await using var context = Open();
            return await context.Jobs.CountAsync(j => context.JobParts.Any(p => p.JobId == j.Id && p.State != PartState.Closed && p.State != PartState.Held), cancellationToken);
        }
        catch (SqliteException)
        {
            return 0;
        }
    }

    /// <summary>Whether any part has a batch at the provider.</summary>
    public async Task<bool> AnyBatchAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Database))
        {
            return false;
        }

        try
        {
            await using var context = Open();
            return await context.JobParts.AnyAsync(p => p.BatchId != null, cancellationToken);
        }
        catch (SqliteException)
        {
            return false;
        }
    }

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
}
