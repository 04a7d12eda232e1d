using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Batchwork.Engine.Archives;

/// <summary>Opens jobs as archives.</summary>
public sealed class ArchiveService
{
    /// <summary>Part of each fingerprint. Count it up with every change of what archives contain.</summary>
    private const int FormatVersion = 1;

    private readonly IDbContextFactory<EngineDbContext> _contexts;
    private readonly IImageStore _store;
    private readonly ILogger<ArchiveService> _logger;
    private readonly ArchiveMeasures _measures = new();

    public ArchiveService(IDbContextFactory<EngineDbContext> contexts, IImageStore store, ILogger<ArchiveService> logger)
    {
        _contexts = contexts;
        _store = store;
        _logger = logger;
    }

    /// <summary>Opens a job as an archive.</summary>
    /// <param name="actor">Who asks; downloading needs the role Reviewer.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="pattern">How the pictures are called.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The archive, or <see langword="null"/> when there is no such job.</returns>
    public Task<Archive?> OpenAsync(Actor actor, Guid jobId, NamePattern pattern, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(pattern);
        actor.Require(Role.Reviewer);
        return _contexts.ReadAsync(
            actor,
            async context =>
            {
                var job = await context.Jobs.SingleOrDefaultAsync(
                    j => j.Id == jobId && j.WorkspaceId == actor.WorkspaceId && j.DeletedAt == null, cancellationToken);
                return job is null ? null : await OpenAsync(context, job, pattern, cancellationToken);
            },
            cancellationToken);
    }

    private static async Task<ArchiveSnapshot> TakeSnapshotAsync(EngineDbContext context, Job job, int rowCount, CancellationToken cancellationToken) =>
        job.State.HasEnded()
            ? ArchiveSnapshot.All
            : ArchiveSnapshot.Of(
                rowCount,
                await context.JobRows.Where(r => r.JobId == job.Id && r.State != RowState.Waiting).Select(r => r.Index).ToListAsync(cancellationToken));

    private async Task<Archive> OpenAsync(EngineDbContext context, Job job, NamePattern pattern, CancellationToken cancellationToken)
    {
        var last = await context.JobRows
            .Where(r => r.JobId == job.Id)
            .OrderByDescending(r => r.Index)
            .Select(r => new { r.Index, r.Number })
            .FirstOrDefaultAsync(cancellationToken);
        var subject = ArchiveJob.Of(job, (last?.Index ?? -1) + 1, last?.Number ?? 0, pattern);
        var snapshot = await TakeSnapshotAsync(context, job, subject.RowCount, cancellationToken);
        var images = await context.StoredImages
            .Where(i => i.JobId == job.Id)
            .GroupBy(i => i.JobId)
            .Select(g => new ImageTotals(g.Count(), g.Sum(i => i.Bytes), g.Max(i => i.StoredAt)))
            .SingleOrDefaultAsync(cancellationToken) ?? new ImageTotals(0, 0, default);
        var ledger = await JobLedgerReader.ReadAsync(context, [new LedgerSubject(job.Id, job.RequestedRows, job.RequestedImages)], cancellationToken);
        return new Archive(new ArchiveWriter(subject, new ArchiveReader(_contexts, subject, snapshot)), _measures, _store, _logger)
        {
            FileName = FileNames.Safe(job.Name, ".zip"),
            Fingerprint = FingerprintOf(job, pattern, snapshot, images, ledger[job.Id]),
            Images = images.Count,
        };
    }

    /// <summary>Everything that tells two states of a job apart, in one hash.</summary>
    private static string FingerprintOf(Job job, NamePattern pattern, ArchiveSnapshot snapshot, ImageTotals images, JobLedger ledger)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var states = string.Join(' ', Enum.GetValues<RowState>().Select(state => ledger.Of(state).ToString(CultureInfo.InvariantCulture)));
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{FormatVersion}\n{job.Id}\n{job.Version}\n{job.State}\n{job.Name}\n{pattern.Text}\n{states}\n{images.Count} {images.Bytes} {images.Last.UtcTicks}");
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData(snapshot.ToBytes());
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    private sealed record ImageTotals(int Count, long Bytes, DateTimeOffset Last);
}
