using System.Globalization;

namespace Batchwork;

/// <summary>Waits for a batch: polls at once, then after each interval, until it has ended. A failed poll ends nothing that may have lasted hours.</summary>
internal sealed class BatchWait(BatchJob job, BatchWaitOptions options, TimeProvider time)
{
    // Some providers do not know a batch yet, moments after they made it.
    private static readonly TimeSpan s_mayBeUnknownFor = TimeSpan.FromMinutes(2);

    private readonly long _started = time.GetTimestamp();
    private int _failed;
    private int _unknown;

    public async Task<BatchSnapshot> RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var wait = options.Interval;
            try
            {
                var snapshot = await job.PollAsync(cancellationToken).ConfigureAwait(false);
                options.OnPoll?.Invoke(snapshot);
                _failed = 0;
                if (job.Status.IsTerminal())
                {
                    return snapshot;
                }

                CheckStatus(snapshot);
            }
            catch (ProviderException failure) when (MayPass(failure) && ++_failed < options.MaxFailedPolls)
            {
                wait = failure.RetryAfter > wait ? failure.RetryAfter.Value : wait;
            }

            await PauseAsync(wait, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool MayPass(ProviderException failure) =>
        failure.Failure.IsTransient()
        || (failure.Failure == ProviderFailure.NotFound && job.IsYoungerThan(s_mayBeUnknownFor));

    private void CheckStatus(BatchSnapshot snapshot)
    {
        _unknown = snapshot.Status is null ? _unknown + 1 : 0;
        if (_unknown >= options.MaxUnknownPolls)
        {
            var message = string.Create(CultureInfo.InvariantCulture, $"Batch {job.Id} had the status '{snapshot.RawStatus}' at {_unknown} polls in a row, which is not known here.");
            throw new ProviderException(job.Provider, ProviderFailure.UnexpectedAnswer, message);
        }
    }

    private async Task PauseAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        if (options.Timeout is { } timeout)
        {
            var left = timeout - time.GetElapsedTime(_started);
            if (left <= TimeSpan.Zero)
            {
                throw new TimeoutException($"Batch {job.Id} was still {job.Status} after {timeout}. It goes on at the provider.");
            }

            wait = wait < left ? wait : left;
        }

        await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
    }
}
