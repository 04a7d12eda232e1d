using System.Runtime.CompilerServices;
using Batchwork.Adapters;
using Batchwork.Http;

namespace Batchwork.Google;

/// <summary>Google's Gemini batch API behind the common contract.</summary>
internal sealed class GoogleAdapter : IBatchAdapter, IRequestMeasure
{
    private readonly ProviderCalls _calls;
    private readonly PaidCall _paid;
    private readonly TimeProvider _time;
    private readonly GoogleUploads _uploads;
    private readonly GoogleLists _lists;
    private readonly GoogleBatchDocument _documents;
    private readonly GoogleResultReader _results;
    private readonly GooglePreparation _preparation;
    private readonly ModelCatalog _catalog;

    /// <summary>Makes the adapter.</summary>
    /// <param name="transports">The HTTP clients.</param>
    /// <param name="options">Timeouts, retries and rules of models.</param>
    /// <param name="time">The clock.</param>
    public GoogleAdapter(TransportSource transports, BatchworkOptions options, TimeProvider time)
    {
        _time = time;
        _calls = new ProviderCalls(GoogleWire.Provider, GoogleWire.DisplayName, transports, time);
        _paid = new PaidCall(GoogleWire.Provider, GoogleWire.DisplayName, _calls, options, time);
        _uploads = new GoogleUploads(_calls, options, time);
        _lists = new GoogleLists(_calls);
        _documents = new GoogleBatchDocument(_calls, options, time);
        _results = new GoogleResultReader(_calls, options, time);
        _catalog = ModelCatalog.Load(GoogleWire.Provider, "Google", options);
        _preparation = new GooglePreparation(_catalog, Capabilities);
    }

    public string Provider => GoogleWire.Provider;

    public AdapterCapabilities Capabilities { get; } = new()
    {
        DisplayName = GoogleWire.DisplayName,
        PublicBaseUrl = new Uri("https://generativelanguage.googleapis.com/v1beta"),
        MaxRequests = 50_000, // Google names no bound; this is the other providers'.
        MaxUploadBytes = 2_000_000_000, // "2 GB" (rate limits, November 2026).
        HasMetadata = false,
        ResultsWhileRunning = false,
        ResultsInBatch = true,
        CompletionWindow = TimeSpan.FromHours(48), // It aims at 24; what is not done after 48 expires, with nothing.
    };

    public IReadOnlyList<ModelRules> Models => _catalog.Models;

    public IReadOnlyList<RequestProblem> Check(EffectiveRequest request, string model)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrEmpty(model);
        return _preparation.Check(request, model);
    }

    public long BytesAround(ImageBatch batch) => GoogleCreate.LongerInline(batch, 0);

    public Func<EffectiveRequest, long> Measure(string model) => _preparation.Measure(GoogleWire.Model(model));

    public ValueTask<PreparedBatch> PrepareAsync(ImageBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var model = ModelId.Parse(batch.Model);
        var name = GoogleWire.Model(model.Model);
        if (name.StartsWith("imagen-", StringComparison.OrdinalIgnoreCase) || _catalog.MakesNoImages(name))
        {
            throw new UnsupportedModelException(model, $"Google's model {name} makes no pictures in batches. Use one that does, for example google/{_catalog.Models[0].Id}.");
        }

        ProviderIds.Given(name, "model");
        var today = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);
        return ValueTask.FromResult(_preparation.Prepare(batch, name, today, cancellationToken));
    }

    public async ValueTask<UploadedInput> UploadAsync(PreparedBatch batch, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch is GoogleInlineBatch
            ? new UploadedInput(GoogleWire.InlineInput, batch.ByteCount, null)
            : await _uploads.UploadAsync(batch, Endpoint(credentials), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<UploadedInput?> FindUploadAsync(string tag, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);
        return await _uploads.FindAsync(ProviderIds.Given(tag, "file"), Endpoint(credentials), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<BatchSnapshot> CreateAsync(PreparedBatch batch, UploadedInput input, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(input);
        return await _paid.CreateAsync(
            Endpoint(credentials),
            $"/models/{batch.Model}:batchGenerateContent",
            batch is GoogleInlineBatch inline ? inline.Call : GoogleCreate.OfFile(batch.Batch, GoogleNames.GivenFile(input.FileId)),
            answer => GoogleSnapshots.Read(answer, null),
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
        return await _documents.RetrieveAsync(GoogleNames.GivenBatch(batchId), Endpoint(credentials), cancellationToken).ConfigureAwait(false);
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
        return _results.ReadAsync(batch, options, Endpoint(credentials), cancellationToken);
    }

    public async ValueTask<BatchSnapshot> CancelAsync(string batchId, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batchId);
        var (name, endpoint) = (GoogleNames.GivenBatch(batchId), Endpoint(credentials));
        using var request = endpoint.Request(HttpMethod.Post, $"/{name}:cancel");
        try
        {
            // The answer is empty, {} or nothing at all.
            using var answer = await _calls.OpenAsync(request, endpoint.Credentials, cancellationToken).ConfigureAwait(false);
            return new BatchSnapshot { Id = name, Provider = GoogleWire.Provider, Status = BatchStatus.Cancelling };
        }
        catch (ProviderException tooLate) when (tooLate.Failure is ProviderFailure.Conflict or ProviderFailure.NotFound or ProviderFailure.InvalidRequest)
        {
            // It has ended meanwhile, most likely. What it says of itself is the truth.
            return await EndedAsync(name, endpoint, tooLate, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DeleteFileAsync(string fileId, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fileId);
        if (fileId != GoogleWire.InlineInput)
        {
            await _uploads.DeleteAsync(fileId, Endpoint(credentials), cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<IReadOnlyList<AvailableModel>> ListModelsAsync(BatchCredentials credentials, CancellationToken cancellationToken)
    {
        var models = await _lists.ModelsAsync(Endpoint(credentials), cancellationToken).ConfigureAwait(false);
        _catalog.Learn(models, credentials);
        return models;
    }

    private async Task<BatchSnapshot> EndedAsync(string name, ProviderEndpoint endpoint, ProviderException refusal, CancellationToken cancellationToken)
    {
        try
        {
            var now = await _documents.RetrieveAsync(name, endpoint, cancellationToken).ConfigureAwait(false);
            return now.Status?.IsTerminal() == true ? now : throw refusal;
        }
        catch (ProviderException failure) when (failure != refusal)
        {
            throw refusal;
        }
    }

    private ProviderEndpoint Endpoint(BatchCredentials credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        return ProviderEndpoint.Of(Capabilities, credentials, key => new KeyValuePair<string, string>(GoogleWire.KeyHeader, key));
    }
}
