using System.Globalization;
using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Testing.Engine;

/// <summary>Puts a job straight into the tables, in whatever state a test needs. Its rows are numbered as those of a sheet with a header line.</summary>
public sealed class JobBuilder(IServiceProvider services, Actor owner)
{
    private readonly List<RowPlan> _plans = [];
    private readonly List<Action<JobPart>> _partChanges = [];
    private readonly TimeProvider _time = services.GetRequiredService<TimeProvider>();
    private Actor _owner = owner;
    private string _name = "Spring catalogue";
    private string _provider = "openai";
    private string _model = "gpt-image-2";
    private bool _isDemo;
    private JobState _state = JobState.Running;
    private TimeSpan? _took;
    private int _tries = 1;
    private Func<int, string> _prompt = i => $"A red bicycle, variation {i + 1}";
    private Func<int, string> _customId = i => $"sku-{i + 1:000}";
    private Func<int, int, ReadOnlyMemory<byte>>? _picture;
    private ImageDefaults _defaults = new() { Size = "1024x1024" };

    public JobBuilder(TestEngine engine)
        : this(engine.Services, engine.Owner)
    {
    }

    public JobBuilder In(Actor owner) => Set(() => _owner = owner);

    public JobBuilder Named(string name) => Set(() => _name = name);

    public JobBuilder Of(string provider, string model) => Set(() => (_provider, _model) = (provider, model));

    public JobBuilder Demo() => Set(() => _isDemo = true);

    public JobBuilder In(JobState state) => Set(() => _state = state);

    /// <summary>Ended so long after it was made.</summary>
    public JobBuilder Took(TimeSpan took) => Set(() => _took = took);

    public JobBuilder Tries(int tries) => Set(() => _tries = tries);

    public JobBuilder Defaults(ImageDefaults defaults) => Set(() => _defaults = defaults);

    public JobBuilder Prompts(Func<int, string> prompt) => Set(() => _prompt = prompt);

    public JobBuilder CustomIds(Func<int, string> customId) => Set(() => _customId = customId);

    /// <summary>Changes the one part all rows belong to.</summary>
    public JobBuilder Part(Action<JobPart> change) => Set(() => _partChanges.Add(change));

    /// <summary>Puts real pictures on the disk: (row index, image index) → bytes. Without this, images exist in the table only.</summary>
    public JobBuilder Pictures(Func<int, int, ReadOnlyMemory<byte>> picture) => Set(() => _picture = picture);

    public JobBuilder Rows(
        int count,
        RowState state,
        int requested = 1,
        int? stored = null,
        ResultOutcome? outcome = null,
        string? code = null,
        string? message = null,
        ImageDefaults? own = null) =>
        Set(() => _plans.Add(new RowPlan(count, state, requested, stored ?? (state == RowState.Stored ? requested : 0), outcome, code, message, own)));

    public async Task<Guid> SaveAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var job = NewJob(now);
        var part = NewPart(job, now);
        var rows = NewRows(job, part, now).ToList();
        await using (var context = await CreateContextAsync(cancellationToken))
        {
            context.Jobs.Add(job);
            context.JobParts.Add(part);
            await context.SaveChangesAsync(cancellationToken);
        }

        foreach (var chunk in rows.Chunk(5_000))
        {
            var images = new List<StoredImage>();
            foreach (var row in chunk)
            {
                for (var index = 0; index < row.StoredImages; index++)
                {
                    images.Add(await NewImageAsync(row, index, now, cancellationToken));
                }
            }

            await using var context = await CreateContextAsync(cancellationToken);
            context.ChangeTracker.AutoDetectChangesEnabled = false;
            context.JobRows.AddRange(chunk);
            context.StoredImages.AddRange(images);
            await context.SaveChangesAsync(cancellationToken);
        }

        return job.Id;
    }

    private Task<EngineDbContext> CreateContextAsync(CancellationToken cancellationToken) =>
        services.GetRequiredService<IDbContextFactory<EngineDbContext>>().CreateDbContextAsync(cancellationToken);

    private JobBuilder Set(Action change)
    {
        change();
        return this;
    }

    private Job NewJob(DateTimeOffset now)
    {
        var requested = _plans.Where(p => p.State != RowState.Skipped).ToList();
        var images = requested.Sum(p => (long)p.Count * p.Requested);
        return new Job
        {
            Id = Guid.CreateVersion7(now),
            WorkspaceId = _owner.WorkspaceId,
            DraftId = Guid.CreateVersion7(now),
            Name = _name,
            ConnectionId = Guid.CreateVersion7(now),
            Provider = _provider,
            Model = _model,
            IsDemo = _isDemo,
            Defaults = _defaults,
            CreatedBy = _owner.UserId,
            CreatedByName = _owner.Name,
            CreatedAt = now - (_took ?? TimeSpan.Zero),
            State = _state,
            RequestedRows = requested.Sum(p => p.Count),
            RequestedImages = images,
            Tries = _tries,
            EndedAt = _state.HasEnded() ? now : null,
            Version = 1,
            Estimate = new JobEstimate
            {
                Requests = requested.Sum(p => p.Count),
                Images = images,
                Parts = 1,
                Lines = [new PriceLine("1024x1024, medium", images, _isDemo ? 0 : 26_500, "https://openai.com/api/pricing", new DateOnly(2026, 11, 20))],
            },
        };
    }

    private JobPart NewPart(Job job, DateTimeOffset now)
    {
        var part = new JobPart
        {
            Id = Guid.CreateVersion7(now),
            WorkspaceId = job.WorkspaceId,
            JobId = job.Id,
            ConnectionId = job.ConnectionId,
            Number = 1,
            TryNumber = 1,
            RequestCount = job.RequestedRows,
            State = _state.HasEnded() ? PartState.Closed : PartState.AtProvider,
            BatchId = $"batch_{job.Id:N}",
            SubmittedAt = job.CreatedAt,
        };
        _partChanges.ForEach(change => change(part));
        return part;
    }

    private IEnumerable<JobRow> NewRows(Job job, JobPart part, DateTimeOffset now)
    {
        var index = 0;
        foreach (var plan in _plans)
        {
            for (var i = 0; i < plan.Count; i++, index++)
            {
                yield return new JobRow
                {
                    Id = Guid.CreateVersion7(now),
                    WorkspaceId = job.WorkspaceId,
                    JobId = job.Id,
                    Index = index,
                    Number = index + 2,
                    CustomId = _customId(index),
                    Prompt = _prompt(index),
                    Own = plan.Own ?? new ImageDefaults(),
                    RequestedImages = plan.Requested,
                    State = plan.State,
                    StoredImages = plan.Stored,
                    PartId = plan.State == RowState.Skipped ? null : part.Id,
                    Outcome = plan.Outcome,
                    ErrorCode = plan.Code,
                    ErrorMessage = plan.Message,
                    AnsweredAt = plan.State is RowState.Waiting or RowState.Skipped ? null : now.AddSeconds(index),
                };
            }
        }
    }

    private async Task<StoredImage> NewImageAsync(JobRow row, int index, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var picture = _picture is null ? null : await StorePictureAsync(_picture(row.Index, index), cancellationToken);
        return new StoredImage
        {
            Id = Guid.CreateVersion7(now),
            WorkspaceId = row.WorkspaceId,
            JobId = row.JobId,
            RowId = row.Id,
            RowIndex = row.Index,
            TryNumber = row.TryNumber,
            Index = index,
            Sha256 = picture?.Sha256 ?? row.Id.ToString("N") + index.ToString("x32", CultureInfo.InvariantCulture),
            MediaType = picture?.MediaType ?? MediaTypes.Png,
            Bytes = picture?.Length ?? 1_400_000,
            Crc32 = picture?.Crc32 ?? 0,
            Width = 1024,
            Height = 1024,
            StoredAt = now,
        };
    }

    private async Task<ReceivedPicture> StorePictureAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var store = services.GetRequiredService<IImageStore>();
        await using var writer = await store.CreateAsync(cancellationToken);
        await writer.WriteAsync(bytes, cancellationToken);
        var picture = (ReceivedPicture)await writer.CompleteAsync(cancellationToken);
        await store.CommitAsync([picture], cancellationToken);
        await picture.DisposeAsync();
        return picture;
    }

    private sealed record RowPlan(
        int Count, RowState State, int Requested, int Stored, ResultOutcome? Outcome, string? Code, string? Message, ImageDefaults? Own);
}
