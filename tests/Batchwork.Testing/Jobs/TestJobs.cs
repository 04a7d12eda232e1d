using Batchwork.Engine.Connections;
using Batchwork.Engine.Jobs;
using Batchwork.Testing.Engine;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Testing.Jobs;

/// <summary>Jobs put straight into the database, as the job starter leaves them.</summary>
public static class TestJobs
{
    /// <summary>A job whose rows are called <c>row-0</c>, <c>row-1</c> …, in one part unless more are asked for.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="imagesPerRow">Images asked for in each.</param>
    /// <param name="isDemo">Whether it runs on a demo connection.</param>
    /// <param name="parts">Into how many parts its rows are cut.</param>
    /// <param name="over">A job whose connection it shares; <see langword="null"/> for a connection of its own.</param>
    /// <param name="connectionId">A connection that is there already.</param>
    public static async Task<Job> AddJobAsync(this TestEngine engine, int rows = 3, int imagesPerRow = 1, bool isDemo = false, int parts = 1, Job? over = null, Guid? connectionId = null)
    {
        var now = engine.Time.GetUtcNow();
        var connection = new Connection
        {
            Id = Guid.CreateVersion7(now),
            WorkspaceId = engine.WorkspaceId,
            Provider = "openai",
            Label = "Studio",
            IsDemo = isDemo,
            CreatedAt = now,
        };
        connection.SealedKey = engine.Get<IKeySealer>().Seal(engine.WorkspaceId, connection.Id, "sk-test");
        var job = new Job
        {
            Id = Guid.CreateVersion7(now),
            WorkspaceId = engine.WorkspaceId,
            DraftId = Guid.CreateVersion7(now),
            Name = "Spring catalogue",
            ConnectionId = over?.ConnectionId ?? connectionId ?? connection.Id,
            Provider = "openai",
            Model = "gpt-image-2",
            IsDemo = isDemo,
            Defaults = new ImageDefaults { Size = "1024x1024" },
            CreatedBy = engine.Owner.UserId,
            CreatedByName = engine.Owner.Name,
            CreatedAt = now,
            State = JobState.Submitting,
            RequestedRows = rows,
            RequestedImages = rows * imagesPerRow,
            Estimate = new JobEstimate { Requests = rows, Images = rows * imagesPerRow, Parts = 1, Lines = [] },
        };
        var cut = Enumerable.Range(0, rows).GroupBy(i => i * parts / rows).Select((range, index) => (Rows: range.ToList(), Part: new JobPart
        {
            Id = Guid.CreateVersion7(now),
            WorkspaceId = engine.WorkspaceId,
            JobId = job.Id,
            ConnectionId = job.ConnectionId,
            Number = index + 1,
            TryNumber = 1,
            RequestCount = range.Count(),
            NextCheckAt = now,
        })).ToList();

        await using var context = engine.CreateContext();
        if (over is null && connectionId is null)
        {
            context.Add(connection);
        }

        context.Add(job);
        context.AddRange(cut.Select(c => c.Part));
        context.AddRange(cut.SelectMany(c => c.Rows, (c, i) => new JobRow
        {
            Id = Guid.CreateVersion7(now),
            WorkspaceId = engine.WorkspaceId,
            JobId = job.Id,
            Index = i,
            Number = i + 2,
            CustomId = $"row-{i}",
            Prompt = $"Prompt {i}",
            Own = new ImageDefaults(),
            RequestedImages = imagesPerRow,
            PartId = c.Part.Id,
            RequestKey = $"{i:x32}",
        }));
        await context.SaveChangesAsync();
        return job;
    }

    /// <summary>The job as it stands in the database.</summary>
    public static async Task<Job> ReadJobAsync(this TestEngine engine, Guid jobId)
    {
        await using var context = engine.CreateContext();
        return await context.Jobs.AsNoTracking().SingleAsync(j => j.Id == jobId);
    }

    /// <summary>The job's rows in order.</summary>
    public static async Task<List<JobRow>> ReadRowsAsync(this TestEngine engine, Guid jobId)
    {
        await using var context = engine.CreateContext();
        return await context.JobRows.AsNoTracking().Where(r => r.JobId == jobId).OrderBy(r => r.Index).ToListAsync();
    }

    /// <summary>The job's parts in order.</summary>
    public static async Task<List<JobPart>> ReadPartsAsync(this TestEngine engine, Guid jobId)
    {
        await using var context = engine.CreateContext();
        return await context.JobParts.AsNoTracking().Where(p => p.JobId == jobId).OrderBy(p => p.Number).ToListAsync();
    }

    /// <summary>What the job's timeline says, the first thing first.</summary>
    public static async Task<List<string>> ReadTimelineAsync(this TestEngine engine, Guid jobId)
    {
        await using var context = engine.CreateContext();
        return await context.Activities.AsNoTracking().Where(a => a.JobId == jobId).OrderBy(a => a.Id).Select(a => a.Text).ToListAsync();
    }
}
