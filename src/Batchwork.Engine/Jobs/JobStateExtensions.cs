namespace Batchwork.Engine.Jobs;

/// <summary>What follows from a <see cref="JobState"/>.</summary>
public static class JobStateExtensions
{
    /// <summary>Whether nothing will happen any more by itself.</summary>
    /// <param name="state">The state.</param>
    /// <returns><see langword="true"/> for done, done with problems, cancelled and expired.</returns>
    public static bool HasEnded(this JobState state) =>
        state is JobState.Done or JobState.DoneWithProblems or JobState.Cancelled or JobState.Expired;
}
