using System.Runtime.CompilerServices;
using Batchwork.Adapters;
using Batchwork.Http;
using Batchwork.Streaming;

namespace Batchwork.OpenAI;

/// <summary>OpenAI's batch API behind the common contract.</summary>
internal sealed class OpenAIAdapter : IBatchAdapter, IRequestMeasure
{
    private readonly BatchworkOptions _options;
    private readonly TimeProvider _time;
    private readonly ProviderCalls _calls;
    private readonly PaidCall _paid;
    private readonly BatchCalls _batches;
    private readonly FileCalls _files;
    private readonly OpenAIUploads _uploads;
    private readonly OpenAILists _lists;
    private readonly BatchPreparation _preparation;
    private readonly ModelCatalog _catalog;

    /// <summary>Makes the adapter.</summary>
    /// <param name="transports">The HTTP clients.</param>
    /// <param name="options">Timeouts, retries and rules of models.</param>
    /// <param name="time">The clock.</param>
    public OpenAIAdapter(TransportSource transports, BatchworkOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _calls = new ProviderCalls(OpenAIWire.Provider, OpenAIWire.DisplayName, transports, time);
        _paid = new PaidCall(OpenAIWire.Provider, OpenAIWire.DisplayName, _calls, options, time);
        _batches = new BatchCalls(OpenAIWire.DisplayName, _calls, OpenAISnapshots.Read);
        _files = new FileCalls(OpenAIWire.DisplayName, _calls, options, time);
        _uploads = new OpenAIUploads(_calls, _files);
        _lists = new OpenAILists(_calls);
        _catalog = ModelCatalog.Load(OpenAIWire.Provider, "OpenAI", options);
        _preparation = new BatchPreparation(_catalog, Capabilities, new OpenAIRules(_catalog));
    }

    public string Provider => OpenAIWire.Provider;

    public AdapterCapabilities Capabilities { get; } = new()
    {
        DisplayName = OpenAIWire.DisplayName,
        PublicBaseUrl = new Uri("https://api.openai.com/v1"),
        MaxRequests = 50_000,
        MaxUploadBytes = 200_000_000, // "200 MB"; whether the 5 % more of 200 MiB pass is not known.
        HasMetadata = true,
        ResultsWhileRunning = false,
        CompletionWindow = TimeSpan.FromHours(24),
        ResultsKeptFor = TimeSpan.FromDays(30), // Files of batches expire 30 days after they were made, https://platform.openai.com/docs/api-reference/files/create
    };

    public IReadOnlyList<ModelRules> Models => _catalog.Models;

    public IReadOnlyList<RequestProblem> Check(EffectiveRequest request, string model)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrEmpty(model);
        return _preparation.Check(request, model);
    }

    public long BytesAround(ImageBatch batch) => 0;

    public Func<EffectiveRequest, long> Measure(string model) => _preparation.Measure(model);

    public ValueTask<PreparedBatch> PrepareAsync(ImageBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var model = ModelId.Parse(batch.Model);
        if (_catalog.MakesNoImages(model.Model))
        {
            throw new UnsupportedModelException(model, $"OpenAI's model {model.Model} makes no pictures. Use one that does, for example openai/{_catalog.Models[0].Id}.");
        }

        var today = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);
        return ValueTask.FromResult<PreparedBatch>(_preparation.Prepare(batch, today, cancellationToken));
    }

    public async ValueTask<UploadedInput> UploadAsync(PreparedBatch batch, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return await _uploads.UploadAsync(batch, Endpoint(credentials), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<UploadedInput?> FindUploadAsync(string tag, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);
        return await _uploads.FindAsync(OpenAIWire.FileName(tag), Endpoint(credentials), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<BatchSnapshot> CreateAsync(PreparedBatch batch, UploadedInput input, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(input);
        return await _paid.CreateAsync(
            Endpoint(credentials),
            "/batches",
            OpenAICreate.Body(batch.Batch, input.FileId),
            answer => OpenAISnapshots.Read(answer, null) is { } created && ProviderIds.IsValid(created.Id) ? created : null,
            batch.Batch.Tag,
            input.FileId,
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<BatchSnapshot>> FindByTagAsync(BatchSearch search, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(search);
        return await _lists.FindAsync(search, Endpoint(credentials), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<BatchSnapshot> RetrieveAsync(string batchId, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batchId);
        ProviderIds.Given(batchId, "batch");
        return await _batches.RetrieveAsync(batchId, Endpoint(credentials), cancellationToken).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<BatchSnapshot> ListAsync(BatchCredentials credentials, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in _lists.PagesAsync(Endpoint(credentials), cancellationToken).ConfigureAwait(false))
        {
            foreach (var batch in page)
            {
                yield return batch;
            }
        }
    }

    public IAsyncEnumerable<BatchResult> ReadResultsAsync(BatchSnapshot batch, ResultReadOptions options, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(options);
        var endpoint = Endpoint(credentials);
        options = options with { Sink = options.Sink ?? new TemporaryImageSink() };
        var results = new OpenAIResultFiles(_calls, _options, _time).ReadAsync(batch, options, endpoint, cancellationToken);
        return HostedImages.Of(results, options, _calls, endpoint, _options, _time, cancellationToken);
    }

    public async ValueTask<BatchSnapshot> CancelAsync(string batchId, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batchId);
        ProviderIds.Given(batchId, "batch");
        return await _batches.CancelAsync(batchId, "/cancel", Endpoint(credentials), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DeleteFileAsync(string fileId, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fileId);
        await _files.DeleteAsync(fileId, Endpoint(credentials), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<AvailableModel>> ListModelsAsync(BatchCredentials credentials, CancellationToken cancellationToken)
    {
        var models = await _lists.ModelsAsync(Endpoint(credentials), cancellationToken).ConfigureAwait(false);
        _catalog.Learn(models, credentials);
        return models;
    }

    private ProviderEndpoint Endpoint(BatchCredentials credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        return ProviderEndpoint.Of(Capabilities, credentials, key => new KeyValuePair<string, string>("Authorization", $"Bearer {key}"));
    }
}
