using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Batchwork.Adapters;

namespace Batchwork.Testing.Adapters;

/// <summary>A provider in memory. Each call can be made to fail; what was paid for is counted by the provider's side, not by the caller's word.</summary>
public sealed class FakeBatchAdapter : IBatchAdapter
{
    private readonly List<FakeBatch> _batches = [];
    private readonly Dictionary<string, UploadedInput> _uploads = [];

    public string Provider => "openai";

    public AdapterCapabilities Capabilities { get; set; } = new()
    {
        DisplayName = "OpenAI",
        PublicBaseUrl = new Uri("https://api.openai.com/v1"),
        MaxRequests = 50_000,
        MaxUploadBytes = 200L * 1024 * 1024,
        HasMetadata = true,
        ResultsWhileRunning = false,
        CompletionWindow = TimeSpan.FromHours(24),
    };

    public IReadOnlyList<ModelRules> Models { get; set; } = [];

    /// <summary>The batches the provider has accepted: the paid ones.</summary>
    public IReadOnlyList<FakeBatch> Accepted => _batches;

    /// <summary>Puts a batch there that somebody else made.</summary>
    public void AddForeign(FakeBatch batch) => _batches.Add(batch);

    public int Uploads { get; private set; }

    public int Cancels { get; private set; }

    public List<string> Calls { get; } = [];

    /// <summary>The same calls with the key of each.</summary>
    public List<(string Call, string? Key)> Keys { get; } = [];

    /// <summary>Runs while a create is on its way.</summary>
    public Func<Task>? BeforeCreate { get; set; }

    /// <summary>Thrown by the next create, before the provider accepts anything.</summary>
    public Exception? FailCreateBefore { get; set; }

    /// <summary>Thrown by the next create, after the provider has accepted the batch.</summary>
    public Exception? FailCreateAfter { get; set; }

    public Exception? FailUpload { get; set; }

    public Exception? FailRetrieve { get; set; }

    public Exception? FailCancel { get; set; }

    /// <summary>Thrown by each list of batches until it is cleared.</summary>
    public Exception? FailList { get; set; }

    public Exception? FailDelete { get; set; }

    /// <summary>Files that were deleted, in order.</summary>
    public List<string> Deleted { get; } = [];

    /// <summary>Whether accepted batches are listed; a late list hides them.</summary>
    public bool IsListed { get; set; } = true;

    /// <summary>Makes the results of a batch; called once a read.</summary>
    public Func<FakeBatch, ResultReadOptions, CancellationToken, IAsyncEnumerable<BatchResult>> Results { get; set; } = (_, _, _) => Empty();

    /// <summary>What the provider's rules say of a request; nothing unless a test sets it.</summary>
    public Func<EffectiveRequest, string, IReadOnlyList<RequestProblem>> Rules { get; set; } = (_, _) => [];

    public IReadOnlyList<RequestProblem> Check(EffectiveRequest request, string model) => Rules(request, model);

    public ValueTask<PreparedBatch> PrepareAsync(ImageBatch batch, CancellationToken cancellationToken)
    {
        var lines = string.Join('\n', batch.Requests.Select((r, i) => $"{EffectiveRequest.Merge(r, i, batch.Defaults, Provider).CustomId}\t{r.Prompt}"));
        return ValueTask.FromResult<PreparedBatch>(new FakePreparedBatch(lines)
        {
            Batch = batch,
            Model = ModelId.Parse(batch.Model).Model,
            RequestCount = batch.Requests.Count,
            ByteCount = Encoding.UTF8.GetByteCount(lines),
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines))),
            Warnings = [],
        });
    }

    public ValueTask<UploadedInput> UploadAsync(PreparedBatch batch, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        Called("upload", credentials);
        Throw(FailUpload, () => FailUpload = null);
        Uploads++;
        var uploaded = new UploadedInput($"file-{Uploads}", batch.ByteCount, null);
        _uploads[batch.Batch.Tag ?? "batchwork"] = uploaded;
        return ValueTask.FromResult(uploaded);
    }

    public ValueTask<UploadedInput?> FindUploadAsync(string tag, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        Called("find-upload", credentials);
        return ValueTask.FromResult(_uploads.GetValueOrDefault(tag));
    }

    public async ValueTask<BatchSnapshot> CreateAsync(PreparedBatch batch, UploadedInput input, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        Called("create", credentials);
        await (BeforeCreate?.Invoke() ?? Task.CompletedTask);
        Throw(FailCreateBefore, () => FailCreateBefore = null);
        var created = new FakeBatch
        {
            Id = $"batch-{_batches.Count + 1}",
            Tag = batch.Batch.Tag,
            InputFileId = input.FileId,
            CustomIds = [.. batch.Batch.Requests.Select(r => r.CustomId!)],
        };
        _batches.Add(created);
        Throw(FailCreateAfter, () => FailCreateAfter = null);
        return created.Snapshot();
    }

    public ValueTask<IReadOnlyList<BatchSnapshot>> FindByTagAsync(BatchSearch search, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        Called("find", credentials);
        return ValueTask.FromResult<IReadOnlyList<BatchSnapshot>>(
            IsListed ? [.. _batches.Where(b => b.Tag == search.Tag).Select(b => b.Snapshot())] : []);
    }

    public ValueTask<BatchSnapshot> RetrieveAsync(string batchId, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        Called("retrieve", credentials);
        Throw(FailRetrieve, () => FailRetrieve = null);
        return ValueTask.FromResult(_batches.Single(b => b.Id == batchId).Snapshot());
    }

    public async IAsyncEnumerable<BatchSnapshot> ListAsync(BatchCredentials credentials, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        Throw(FailList, () => { });
        foreach (var batch in _batches)
        {
            yield return batch.Snapshot();
        }
    }

    public IAsyncEnumerable<BatchResult> ReadResultsAsync(BatchSnapshot batch, ResultReadOptions options, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        Called("results", credentials);
        return Results(_batches.Single(b => b.Id == batch.Id), options, cancellationToken);
    }

    public ValueTask<BatchSnapshot> CancelAsync(string batchId, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        Called("cancel", credentials);
        Cancels++;
        Throw(FailCancel, () => FailCancel = null);
        var batch = _batches.Single(b => b.Id == batchId);
        batch.Status = BatchStatus.Cancelling;
        return ValueTask.FromResult(batch.Snapshot());
    }

    public ValueTask DeleteFileAsync(string fileId, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        Throw(FailDelete, () => FailDelete = null);
        Deleted.Add(fileId);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<AvailableModel>> ListModelsAsync(BatchCredentials credentials, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<AvailableModel>>([new AvailableModel("gpt-image-2", null)]);

    // Workers call side by side.
    private void Called(string call, BatchCredentials credentials)
    {
        lock (Calls)
        {
            Calls.Add(call);
            Keys.Add((call, credentials.ApiKey));
        }
    }

    private static void Throw(Exception? failure, Action clear)
    {
        if (failure is not null)
        {
            clear();
            throw failure;
        }
    }

    private static async IAsyncEnumerable<BatchResult> Empty()
    {
        await Task.CompletedTask;
        yield break;
    }

    private sealed class FakePreparedBatch(string text) : PreparedBatch
    {
        public override Task WriteToAsync(Stream destination, CancellationToken cancellationToken) =>
            destination.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).AsTask();
    }
}
