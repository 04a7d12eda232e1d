using System.Runtime.CompilerServices;
using Batchwork.Adapters;
using Batchwork.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Batchwork;

/// <summary>
/// Sends image batches and finds them again. One client serves a whole program, from any thread. With dependency injection it comes from
/// <c>AddBatchwork()</c>; without, <see cref="ImageBatchClient()"/> makes one for the network.
/// </summary>
/// <example>
/// <code>
/// using var client = new ImageBatchClient();
/// var job = await client.SubmitAsync(new ImageBatch
/// {
///     Model = "openai/gpt-image-2",
///     Requests = [new() { CustomId = "cat", Prompt = "a cat in the rain" }, new() { CustomId = "dog", Prompt = "a dog in the sun" }],
/// });
/// await job.SaveAllAsync("pictures");
/// </code>
/// </example>
public sealed class ImageBatchClient : IDisposable
{
    private readonly AdapterSource _adapters;
    private readonly CredentialSource _credentials;
    private readonly BatchworkOptions _options;
    private readonly TimeProvider _time;
    private readonly BatchTransport? _owned;

    /// <summary>Makes a client for the network, with keys from the environment.</summary>
    public ImageBatchClient()
        : this(null, null, null)
    {
    }

    internal ImageBatchClient(AdapterSource adapters, CredentialSource credentials, BatchworkOptions options, TimeProvider time)
    {
        _adapters = adapters;
        _credentials = credentials;
        _options = options;
        _time = time;
    }

    private ImageBatchClient(BatchworkOptions? options, IBatchTransport? transport, ILoggerFactory? logging)
    {
        _options = options ?? new BatchworkOptions();
        var validity = new BatchworkOptionsValidator().Validate(null, _options);
        if (validity.Failed)
        {
            throw new OptionsValidationException(nameof(BatchworkOptions), typeof(BatchworkOptions), validity.Failures);
        }

        _time = TimeProvider.System;
        if (transport is null)
        {
            var network = BatchTransport.ToNetwork(_options, _time);
            transport = network;
            _owned = network;
        }

        var transports = new TransportSource(() => transport, _ => null);
        var adapters = BuiltInAdapters.All(transports, _options, _time, logging ?? NullLoggerFactory.Instance);
        _adapters = new AdapterSource(provider => adapters.GetValueOrDefault(provider));
        _credentials = new CredentialSource(_options, Environment.GetEnvironmentVariable);
    }

    /// <summary>Makes a client without dependency injection.</summary>
    /// <param name="options">Keys, timeouts and more; the defaults when left out.</param>
    /// <param name="transport">Other HTTP clients than those of the network. They are not disposed with the client.</param>
    /// <param name="logging">Where to log; nowhere when left out.</param>
    /// <returns>The client.</returns>
    /// <exception cref="OptionsValidationException">An option is out of its range; all are named.</exception>
    public static ImageBatchClient Create(BatchworkOptions? options = null, IBatchTransport? transport = null, ILoggerFactory? logging = null) =>
        new(options, transport, logging);

    /// <summary>Checks a batch, uploads it and creates it at its provider. Returns as soon as the provider has taken it.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="cancellationToken">Cancels the call. Once the create went out, this ends in <see cref="BatchOutcomeUnknownException"/>.</param>
    /// <returns>A handle to the batch.</returns>
    /// <exception cref="BatchValidationException">Something cannot be sent; all problems are named, and no network call was made.</exception>
    /// <exception cref="UnknownProviderException">There is no such provider.</exception>
    /// <exception cref="UnsupportedProviderException">The provider or the model has no batches of images.</exception>
    /// <exception cref="BatchRejectedException">The provider clearly refused; nothing is charged.</exception>
    /// <exception cref="BatchNotSentException">The provider could not be reached; nothing is charged.</exception>
    /// <exception cref="BatchOutcomeUnknownException">The provider may or may not have taken the batch. Never send it again without having looked for it.</exception>
    /// <exception cref="ProviderException">The upload failed; nothing is charged.</exception>
    public async Task<BatchJob> SubmitAsync(ImageBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Requests is not { Count: > 0 })
        {
            throw BatchValidationException.Of([new RequestProblem(ProblemSeverity.Error, "requests-empty", null, "requests", "The batch has no requests.")]);
        }

        var adapter = _adapters.For(ModelId.Parse(batch.Model));
        var credentials = _credentials.Of(adapter.Provider, batch.Credentials);
        var prepared = await PrepareAsync(adapter, batch, credentials, cancellationToken).ConfigureAwait(false);
        var snapshot = await new Submission(adapter, credentials, _options, _time).SendAsync(prepared, cancellationToken).ConfigureAwait(false);
        return new BatchJob(adapter, credentials, snapshot, _time, isNew: true) { Warnings = prepared.Warnings };
    }

    /// <summary>Finds a batch again.</summary>
    /// <param name="provider">The provider's id, for example <c>openai</c>.</param>
    /// <param name="batchId">The provider's id of the batch.</param>
    /// <param name="credentials">Key and address; by default those of the options or of the environment.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A handle to the batch, polled once.</returns>
    /// <exception cref="ProviderException">The provider does not know it, or could not be asked.</exception>
    public async Task<BatchJob> GetBatchAsync(string provider, string batchId, BatchCredentials? credentials = null, CancellationToken cancellationToken = default)
    {
        var (adapter, own) = Find(provider, batchId, credentials);
        var snapshot = await adapter.RetrieveAsync(batchId, own, cancellationToken).ConfigureAwait(false);
        return new BatchJob(adapter, own, snapshot, _time, isNew: false);
    }

    /// <summary>Reads a batch's results as they arrive; see <see cref="BatchJob.ReadResultsAsync"/>.</summary>
    /// <param name="provider">The provider's id, for example <c>openai</c>.</param>
    /// <param name="batchId">The provider's id of the batch.</param>
    /// <param name="options">Where the pictures go and where to begin.</param>
    /// <param name="credentials">Key and address; by default those of the options or of the environment.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The results.</returns>
    /// <exception cref="ResultsNotReadyException">The batch has not ended and there are no results yet.</exception>
    /// <exception cref="BatchFailedException">The batch failed as a whole.</exception>
    public async IAsyncEnumerable<BatchResult> ReadResultsAsync(
        string provider,
        string batchId,
        ResultReadOptions? options = null,
        BatchCredentials? credentials = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (adapter, own) = Find(provider, batchId, credentials);
        var snapshot = BatchJob.Unread(provider, batchId);
        if (!adapter.Capabilities.ResultsInBatch)
        {
            snapshot = await adapter.RetrieveAsync(batchId, own, cancellationToken).ConfigureAwait(false);
            new BatchJob(adapter, own, snapshot, _time, isNew: false).ThrowIfNothingToRead();
        }

        await foreach (var result in adapter.ReadResultsAsync(snapshot, options ?? new ResultReadOptions(), own, cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }
    }

    /// <summary>Asks the provider to stop a batch. What is done stays and is charged.</summary>
    /// <param name="provider">The provider's id, for example <c>openai</c>.</param>
    /// <param name="batchId">The provider's id of the batch.</param>
    /// <param name="credentials">Key and address; by default those of the options or of the environment.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The batch after that.</returns>
    public async Task<BatchSnapshot> CancelBatchAsync(string provider, string batchId, BatchCredentials? credentials = null, CancellationToken cancellationToken = default)
    {
        var (adapter, own) = Find(provider, batchId, credentials);
        return await adapter.CancelAsync(batchId, own, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Brings the rules of a provider's models up to date with the provider's own list: when a model ends, and whether it works in batches. From then on batches are
    /// checked against that. A free call, which also proves that the key works.
    /// </summary>
    /// <param name="provider">The provider's id, for example <c>openai</c>.</param>
    /// <param name="credentials">Key and address; by default those of the options or of the environment. The list of a gateway is read, but changes no rules.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>All models whose rules are known.</returns>
    /// <exception cref="ProviderException">The provider could not be asked or answered with an error.</exception>
    public async Task<IReadOnlyList<ModelRules>> RefreshModelsAsync(string provider, BatchCredentials? credentials = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(provider);
        var adapter = _adapters.Get(provider);
        await adapter.ListModelsAsync(_credentials.Of(provider, credentials), cancellationToken).ConfigureAwait(false);
        return adapter.Models;
    }

    /// <summary>Closes the connections of a client that was made without dependency injection.</summary>
    public void Dispose() => _owned?.Dispose();

    private static async Task<PreparedBatch> PrepareAsync(IBatchAdapter adapter, ImageBatch batch, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        var keyFault = ProviderEndpoint.Fault(adapter.Capabilities, credentials);
        PreparedBatch prepared;
        try
        {
            prepared = await adapter.PrepareAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        catch (BatchValidationException invalid) when (keyFault is not null)
        {
            // All faults at once: nobody should mend 200 rows to learn that there is no key.
            throw BatchValidationException.Of([.. invalid.Problems.Where(p => p.Severity == ProblemSeverity.Error), keyFault, .. invalid.Problems.Where(p => p.Severity == ProblemSeverity.Warning)]);
        }

        return keyFault is null ? prepared : throw BatchValidationException.Of([keyFault, .. prepared.Warnings]);
    }

    private (IBatchAdapter Adapter, BatchCredentials Credentials) Find(string provider, string batchId, BatchCredentials? credentials)
    {
        ArgumentException.ThrowIfNullOrEmpty(provider);
        ArgumentNullException.ThrowIfNull(batchId);
        var adapter = _adapters.Get(provider);
        return (adapter, _credentials.Of(provider, credentials));
    }
}
