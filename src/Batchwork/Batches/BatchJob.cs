using System.Runtime.CompilerServices;
using Batchwork.Adapters;

namespace Batchwork;

/// <summary>A handle to a batch at a provider. The batch lives on without it: <see cref="ImageBatchClient.GetBatchAsync"/> makes another one from provider and id.</summary>
public sealed class BatchJob
{
    private readonly IBatchAdapter _adapter;
    private readonly BatchCredentials _credentials;
    private readonly TimeProvider _time;
    private readonly long _made;
    private readonly bool _isNew;
    private bool _isCancelling;

    internal BatchJob(IBatchAdapter adapter, BatchCredentials credentials, BatchSnapshot snapshot, TimeProvider time, bool isNew)
    {
        _adapter = adapter;
        _credentials = credentials;
        _time = time;
        _made = time.GetTimestamp();
        _isNew = isNew;
        Snapshot = snapshot;
        Status = snapshot.Status ?? BatchStatus.InProgress;
    }

    /// <summary>The provider's id of the batch.</summary>
    public string Id => Snapshot.Id;

    /// <summary>The provider's id, for example <c>openai</c>.</summary>
    public string Provider => _adapter.Provider;

    /// <summary>The last status that was understood: a word that is not known here changes nothing. In progress when none ever was.</summary>
    public BatchStatus Status { get; private set; }

    /// <summary>The provider's counters as of the last poll.</summary>
    public BatchRequestCounts RequestCounts => Snapshot.RequestCounts;

    /// <summary>The batch as of the last poll.</summary>
    public BatchSnapshot Snapshot { get; private set; }

    /// <summary>What the author should know about the batch although it was sent; empty for a batch that was not submitted by this handle.</summary>
    public IReadOnlyList<RequestProblem> Warnings { get; internal init; } = [];

    /// <summary>Asks for the batch's status, once.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The batch now.</returns>
    /// <exception cref="ProviderException">The provider could not be asked or answered with an error.</exception>
    public async Task<BatchSnapshot> PollAsync(CancellationToken cancellationToken = default)
    {
        Take(await _adapter.RetrieveAsync(Id, _credentials, cancellationToken).ConfigureAwait(false));
        return Snapshot;
    }

    /// <summary>Waits until the batch has ended, in whatever way. Failures that can pass by themselves do not end the wait.</summary>
    /// <param name="options">Interval (15 seconds), timeout (none) and a callback.</param>
    /// <param name="cancellationToken">Cancels the wait; the batch goes on.</param>
    /// <returns>The batch at its end. Look at its status: it may have failed, expired or been cancelled.</returns>
    /// <exception cref="TimeoutException">The timeout has passed; the batch goes on.</exception>
    /// <exception cref="ProviderException">The provider said something that waiting does not mend, for example that the key was withdrawn.</exception>
    public Task<BatchSnapshot> WaitAsync(BatchWaitOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new BatchWaitOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Interval, TimeSpan.Zero, nameof(options));
        return new BatchWait(this, options, _time).RunAsync(cancellationToken);
    }

    /// <summary>Reads the results as they arrive, in the provider's order, which is not that of the requests. Dispose each result when done with it: its temporary files go with it.</summary>
    /// <param name="options">Where the pictures go and where to begin.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The results, one a request that was answered. What the provider sent twice comes twice.</returns>
    /// <exception cref="ResultsNotReadyException">The batch has not ended and there are no results yet.</exception>
    /// <exception cref="BatchFailedException">The batch failed as a whole.</exception>
    public async IAsyncEnumerable<BatchResult> ReadResultsAsync(ResultReadOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var batch = Snapshot;
        if (Status.IsTerminal())
        {
            ThrowIfNothingToRead();
        }
        else if (_adapter.Capabilities.ResultsInBatch)
        {
            // The adapter sees by itself how far the batch is: one call instead of two, and some answers are long.
            batch = Unread(Provider, Id);
        }
        else
        {
            // Files may have appeared meanwhile.
            batch = await PollAsync(cancellationToken).ConfigureAwait(false);
            ThrowIfNothingToRead();
        }

        await foreach (var result in _adapter.ReadResultsAsync(batch, options ?? new ResultReadOptions(), _credentials, cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }
    }

    /// <summary>Waits for the batch and reads all its results. Pictures are kept in temporary files (small ones in memory, at most 32 MiB of them together), which vanish when the collection is disposed.</summary>
    /// <param name="wait">How to wait.</param>
    /// <param name="cancellationToken">Cancels waiting and reading.</param>
    /// <returns>The results.</returns>
    public async Task<CollectedResults> CollectAsync(BatchWaitOptions? wait = null, CancellationToken cancellationToken = default)
    {
        await WaitAsync(wait, cancellationToken).ConfigureAwait(false);
        var collected = new CollectedResults();
        try
        {
            await foreach (var result in ReadResultsAsync(null, cancellationToken).ConfigureAwait(false))
            {
                collected.Add(result);
            }
        }
        catch
        {
            await collected.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return collected;
    }

    /// <summary>Waits for the batch, reads all its results and saves their pictures to a folder, as <c>&lt;id&gt;.png</c> or, of several, <c>&lt;id&gt;-2.png</c>. Nothing is overwritten.</summary>
    /// <param name="folder">The folder; made when it is not there.</param>
    /// <param name="wait">How to wait.</param>
    /// <param name="cancellationToken">Cancels waiting and reading; what is saved stays.</param>
    /// <returns>The saved pictures, and the results that have none. <see cref="SavedResult.Result"/> has no contents any more.</returns>
    public async Task<IReadOnlyList<SavedResult>> SaveAllAsync(string folder, BatchWaitOptions? wait = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        await WaitAsync(wait, cancellationToken).ConfigureAwait(false);
        var saver = new FolderSaver(folder);
        var saved = new List<SavedResult>();
        await foreach (var result in ReadResultsAsync(new ResultReadOptions { Sink = saver.Sink }, cancellationToken).ConfigureAwait(false))
        {
            await using (result.ConfigureAwait(false))
            {
                saved.Add(await saver.SaveAsync(result, cancellationToken).ConfigureAwait(false));
            }
        }

        return saved;
    }

    /// <summary>Asks the provider to stop the batch, and polls once. What is done stays and is charged.</summary>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The batch after that: cancelling, mostly; or how it ended, when it was too late.</returns>
    public async Task<BatchSnapshot> CancelAsync(CancellationToken cancellationToken = default)
    {
        var answer = await _adapter.CancelAsync(Id, _credentials, cancellationToken).ConfigureAwait(false);
        _isCancelling = answer.Status == BatchStatus.Cancelling;
        return await PollAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A batch of which nothing but its id is known.</summary>
    internal static BatchSnapshot Unread(string provider, string batchId) => new() { Id = batchId, Provider = provider, Status = null };

    internal bool IsYoungerThan(TimeSpan age) => _isNew && _time.GetElapsedTime(_made) < age;

    internal void ThrowIfNothingToRead()
    {
        // Where results come while a batch runs, some may have come before it failed.
        var mayHaveCome = _adapter.Capabilities.ResultsWhileRunning && (Status != BatchStatus.Failed || Snapshot.RequestCounts is { Completed: > 0 } or { Failed: > 0 });
        if (Snapshot.OutputFileId is null && Snapshot.ErrorFileId is null && !mayHaveCome)
        {
            BatchEnd.ThrowIfNothingCame(Snapshot);
        }
    }

    private void Take(BatchSnapshot snapshot)
    {
        // Google has no word for it: a batch that is being cancelled goes on as pending or running.
        if (_isCancelling && snapshot.Status is BatchStatus.Validating or BatchStatus.InProgress)
        {
            snapshot = snapshot with { Status = BatchStatus.Cancelling };
        }

        Snapshot = snapshot;
        Status = snapshot.Status ?? Status;
    }
}
