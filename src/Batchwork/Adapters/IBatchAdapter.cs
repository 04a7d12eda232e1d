namespace Batchwork.Adapters;

/// <summary>
/// One provider behind one contract. Each call that costs money or stores something is made once and never retried: what to do after
/// a failure is the caller's decision, see <see cref="BatchOutcomeUnknownException"/>.
/// </summary>
public interface IBatchAdapter
{
    /// <summary>The provider's id, for example <c>openai</c>.</summary>
    string Provider { get; }

    /// <summary>What the provider can do and where its bounds are.</summary>
    AdapterCapabilities Capabilities { get; }

    /// <summary>The rules of the provider's models, with what its own list says once <see cref="ListModelsAsync"/> has read that.</summary>
    IReadOnlyList<ModelRules> Models { get; }

    /// <summary>Checks one effective request against the rules of its model, without any network call.</summary>
    /// <param name="request">The request as it will be sent.</param>
    /// <param name="model">The provider's name of the model.</param>
    /// <returns>All its problems.</returns>
    IReadOnlyList<RequestProblem> Check(EffectiveRequest request, string model);

    /// <summary>Checks, builds and measures the upload of a batch, without any network call. The bytes are the same each time.</summary>
    /// <param name="batch">The batch; its provider is this adapter's.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The batch, ready to be uploaded.</returns>
    /// <exception cref="BatchValidationException">Something cannot be sent; all problems are named.</exception>
    ValueTask<PreparedBatch> PrepareAsync(ImageBatch batch, CancellationToken cancellationToken);

    /// <summary>Uploads the requests. Free, and sent once.</summary>
    /// <param name="batch">The prepared batch.</param>
    /// <param name="credentials">Key and address.</param>
    /// <param name="cancellationToken">Cancels the upload.</param>
    /// <returns>The provider's file.</returns>
    ValueTask<UploadedInput> UploadAsync(PreparedBatch batch, BatchCredentials credentials, CancellationToken cancellationToken);

    /// <summary>Looks for an upload that was made under a batch's tag.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="credentials">Key and address.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The newest such file, or <see langword="null"/>.</returns>
    ValueTask<UploadedInput?> FindUploadAsync(string tag, BatchCredentials credentials, CancellationToken cancellationToken);

    /// <summary>Creates the batch: the paid call. One request, no retry.</summary>
    /// <param name="batch">The prepared batch.</param>
    /// <param name="input">Its upload.</param>
    /// <param name="credentials">Key and address.</param>
    /// <param name="cancellationToken">Cancels the wait for the answer. After the request went out, a cancelled call is <see cref="BatchOutcomeUnknownException"/>.</param>
    /// <returns>The batch at the provider.</returns>
    /// <exception cref="BatchRejectedException">The provider clearly refused; nothing was accepted.</exception>
    /// <exception cref="BatchNotSentException">No byte reached the provider.</exception>
    /// <exception cref="BatchOutcomeUnknownException">The provider may or may not have accepted the batch: look with <see cref="FindByTagAsync"/> before sending again.</exception>
    ValueTask<BatchSnapshot> CreateAsync(PreparedBatch batch, UploadedInput input, BatchCredentials credentials, CancellationToken cancellationToken);

    /// <summary>Looks for batches that carry a tag or use an upload.</summary>
    /// <param name="search">What to look for.</param>
    /// <param name="credentials">Key and address.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>All that match, oldest first.</returns>
    ValueTask<IReadOnlyList<BatchSnapshot>> FindByTagAsync(BatchSearch search, BatchCredentials credentials, CancellationToken cancellationToken);

    /// <summary>Asks for a batch's status.</summary>
    /// <param name="batchId">The provider's id of the batch.</param>
    /// <param name="credentials">Key and address.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The batch now.</returns>
    ValueTask<BatchSnapshot> RetrieveAsync(string batchId, BatchCredentials credentials, CancellationToken cancellationToken);

    /// <summary>Lists the account's batches in the provider's order, page by page.</summary>
    /// <param name="credentials">Key and address.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>The batches.</returns>
    IAsyncEnumerable<BatchSnapshot> ListAsync(BatchCredentials credentials, CancellationToken cancellationToken);

    /// <summary>Reads all results there are, in any order. One unreadable line is one result, never the end.</summary>
    /// <param name="batch">The batch as last retrieved. With <see cref="AdapterCapabilities.ResultsInBatch"/> its id is enough; when it has no status then, and there is nothing to read, that is told as an exception.</param>
    /// <param name="options">Where the pictures go and where to begin.</param>
    /// <param name="credentials">Key and address.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="ResultsNotReadyException">The batch came without a status, has not ended and has no results yet.</exception>
    /// <exception cref="BatchFailedException">The batch came without a status and failed as a whole.</exception>
    /// <returns>The results as they arrive. A result's pictures are complete when it is yielded and belong to the caller.</returns>
    IAsyncEnumerable<BatchResult> ReadResultsAsync(BatchSnapshot batch, ResultReadOptions options, BatchCredentials credentials, CancellationToken cancellationToken);

    /// <summary>Asks the provider to stop a batch. What is done stays and is charged.</summary>
    /// <param name="batchId">The provider's id of the batch.</param>
    /// <param name="credentials">Key and address.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The batch after that.</returns>
    ValueTask<BatchSnapshot> CancelAsync(string batchId, BatchCredentials credentials, CancellationToken cancellationToken);

    /// <summary>Deletes a file at the provider. A file that is not there any more counts as deleted.</summary>
    /// <param name="fileId">The provider's id of the file.</param>
    /// <param name="credentials">Key and address.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that ends when the provider has answered.</returns>
    ValueTask DeleteFileAsync(string fileId, BatchCredentials credentials, CancellationToken cancellationToken);

    /// <summary>Asks which models the key may use: a free call that proves that key and address work.</summary>
    /// <param name="credentials">Key and address.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The provider's names of the models, with their end if known.</returns>
    ValueTask<IReadOnlyList<AvailableModel>> ListModelsAsync(BatchCredentials credentials, CancellationToken cancellationToken);
}
