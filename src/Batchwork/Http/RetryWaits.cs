namespace Batchwork.Http;

/// <summary>Pauses between tries: doubled each time, with jitter, so that many clients do not come back in step.</summary>
internal static class RetryWaits
{
    /// <summary>The pause after a try.</summary>
    /// <param name="options">The first and the longest pause.</param>
    /// <param name="attempt">The number of the try that failed, from 1.</param>
    public static TimeSpan After(BatchworkOptions options, int attempt)
    {
        const int mostDoublings = 16;
        var whole = options.FirstRetryWait * Math.Pow(2, Math.Min(attempt - 1, mostDoublings));
        return Shorter(whole, options.MaxRetryWait) * (0.5 + (Random.Shared.NextDouble() / 2));
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
