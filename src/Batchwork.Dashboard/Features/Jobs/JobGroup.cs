using Batchwork.Engine.Jobs;

namespace Batchwork.Dashboard.Features.Jobs;

/// <summary>A status filter of the list: states that mean the same to someone who looks for a job.</summary>
/// <param name="Key">Its name in the address.</param>
/// <param name="Word">Its word on the page.</param>
/// <param name="States">The states; empty for all.</param>
public sealed record JobGroup(string Key, string Word, IReadOnlyList<JobState> States)
{
    public static JobGroup All { get; } = new("all", "All", []);

    public static IReadOnlyList<JobGroup> Every { get; } =
    [
        All,
        new("running", "Running", [JobState.Submitting, JobState.WaitingAtProvider, JobState.Running, JobState.Collecting, JobState.Cancelling]),
        new("needs-you", "Needs you", [JobState.NeedsYou]),
        new("done", "Done", [JobState.Done]),
        new("problems", "Done with problems", [JobState.DoneWithProblems]),
        new("stopped", "Cancelled or expired", [JobState.Cancelled, JobState.Expired]),
    ];

    /// <summary>Finds a filter by its name in the address.</summary>
    /// <param name="key">The name; anything unknown means all.</param>
    /// <returns>The filter.</returns>
    public static JobGroup Of(string? key) => Every.FirstOrDefault(g => g.Key == key) ?? All;

    /// <summary>How many jobs it shows.</summary>
    /// <param name="counts">Jobs by state.</param>
    /// <returns>The number.</returns>
    public int CountIn(IReadOnlyDictionary<JobState, int> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return States.Count == 0 ? counts.Values.Sum() : States.Sum(counts.GetValueOrDefault);
    }
}
