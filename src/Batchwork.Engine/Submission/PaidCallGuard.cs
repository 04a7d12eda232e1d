using Batchwork.Engine.Hosting;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Restoring;

namespace Batchwork.Engine.Submission;

/// <summary>Says what stands against sending anything that costs money: no room for the pictures, or a database that may not know what was sent already.</summary>
internal sealed class PaidCallGuard(IDiskSpace disk, SafeModeService safeMode, BatchCensus census)
{
    /// <summary>How long a part waits before it asks again.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromMinutes(1);

    /// <summary>Asks before a step towards a paid call.</summary>
    /// <param name="job">The job.</param>
    /// <param name="isNext">Whether the paid call itself is next: then the provider is asked what it has under this instance's name.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <returns>Why it must wait, for people; <see langword="null"/> when nothing stands against it.</returns>
    public async Task<string?> WhyNotAsync(Job job, bool isNext, CancellationToken cancellationToken)
    {
        if (disk.Measure().Shortage is { } shortage)
        {
            return shortage;
        }

        if (isNext)
        {
            await census.TakeAsync(job, cancellationToken);
        }

        return await safeMode.ReadAsync(cancellationToken) is { } safe
            ? $"Safe mode: {safe.Reason} Nothing that costs money is sent until an administrator confirms. What is at the provider is still collected."
            : null;
    }

    /// <summary>Whether the provider has a batch under the tag of an attempt that was not sent from here; known once the question above was asked.</summary>
    public bool WasSent(string tag) => census.WasSent(tag);
}
