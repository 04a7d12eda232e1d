using System.Globalization;
using Batchwork.Adapters;
using Batchwork.Http;
using Batchwork.Streaming;

namespace Batchwork.XAI;

/// <summary>xAI's batch API behind the common contract.</summary>
internal sealed class XAIAdapter : IBatchAdapter, IRequestMeasure
{
    private readonly BatchworkOptions _options;
    private readonly TimeProvider _time;
    private readonly ProviderCalls _calls;
    private readonly PaidCall _paid;
    private readonly BatchCalls _batches;
    private readonly FileCalls _files;
    private readonly XAILists _lists;
    private readonly BatchPreparation _preparation;
    private readonly ModelCatalog _catalog;

    /// <summary>Makes the adapter.</summary>
    /// <param name="transports">The HTTP clients.</param>
    /// <param name="options">Timeouts, retries and rules of models.</param>
    /// <param name="time">The clock.</param>
    public XAIAdapter(TransportSource transports, BatchworkOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _calls = new ProviderCalls(XAIWire.Provider, XAIWire.DisplayName, transports, time);
        _paid = new PaidCall(XAIWire.Provider, XAIWire.DisplayName, _calls, options, time);
        _batches = new BatchCalls(XAIWire.DisplayName, _calls, (answer, id) => XAISnapshots.Read(answer, id, time.GetUtcNow()));
        _files = new FileCalls(XAIWire.DisplayName, _calls, options, time);
        _lists = new XAILists(_calls, time);
        _catalog = ModelCatalog.Load(XAIWire.Provider, "XAI", options);
        _preparation = new BatchPreparation(_catalog, Capabilities, new XAIRules(_catalog));
    }

    public string Provider => XAIWire.Provider;

    public AdapterCapabilities Capabilities { get; } = new()
    {
        DisplayName = XAIWire.DisplayName,
        PublicBaseUrl = new Uri("https://api.x.ai/v1"),
        MaxRequests = 50_000,
        MaxUploadBytes = 48_000_000, // The batch guide says 200 MB, the reference of the files API 50 MB: the smaller one, and some room.
        HasMetadata = false,
        ResultsWhileRunning = true,
        ResultsInBatch = true,
        CompletionWindow = TimeSpan.FromHours(24),
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
            throw new UnsupportedModelException(model, $"xAI's model {model.Model} makes no pictures. Use one that does, for example xai/{_catalog.Models[0].Id}.");
        }

        var today = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);
        return ValueTask.FromResult<PreparedBatch>(_preparation.Prepare(batch, today, cancellationToken));
    }

    public async ValueTask<UploadedInput> UploadAsync(PreparedBatch batch, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        List<(string, string)> fields = batch.Batch.InputExpiresAfter is { } expiry
            ? [("expires_after", ((long)expiry.TotalSeconds).ToString(CultureInfo.InvariantCulture))]
            : [];
        return await _files.UploadAsync(batch, fields, XAIWire.FileName(batch.Batch.Tag), Endpoint(credentials), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<UploadedInput?> FindUploadAsync(string tag, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);
        return await _lists.FindUploadAsync(XAIWire.FileName(tag), Endpoint(credentials), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<BatchSnapshot> CreateAsync(PreparedBatch batch, UploadedInput input, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(input);
        return await _paid.CreateAsync(
            Endpoint(credentials),
            "/batches",
            XAICreate.Body(batch.Batch, input.FileId),
            answer => XAISnapshots.Read(answer, null, _time.GetUtcNow()) is { } created && ProviderIds.IsValid(created.Id) ? created : null,
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
        return await _batches.RetrieveAsync(XAIWire.BatchId(batchId), Endpoint(credentials), cancellationToken).ConfigureAwait(false);
    }

    public IAsyncEnumerable<BatchSnapshot> ListAsync(BatchCredentials credentials, CancellationToken cancellationToken) =>
        _lists.BatchesAsync(Endpoint(credentials), cancellationToken);

    public IAsyncEnumerable<BatchResult> ReadResultsAsync(BatchSnapshot batch, ResultReadOptions options, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(options);
        XAIWire.BatchId(batch.Id);
        var endpoint = Endpoint(credentials);
        options = options with { Sink = options.Sink ?? new TemporaryImageSink() };
        var results = new XAIResultPages(_calls, _batches, _options, _time).ReadAsync(batch, options, endpoint, cancellationToken);
        return HostedImages.Of(results, options, _calls, endpoint, _options, _time, cancellationToken);
    }

    public async ValueTask<BatchSnapshot> CancelAsync(string batchId, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batchId);
        return await _batches.CancelAsync(XAIWire.BatchId(batchId), ":cancel", Endpoint(credentials), cancellationToken).ConfigureAwait(false);
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
