namespace Batchwork;

/// <summary>The provider's own counters. Hints for a progress bar only: recount from the results.</summary>
/// <param name="Total">Requests in the batch; 0 until the provider has read it.</param>
/// <param name="Completed">Requests that ended well.</param>
/// <param name="Failed">Requests that ended badly.</param>
/// <param name="Processing">Requests being worked on, where the provider says so.</param>
/// <param name="Canceled">Requests that were cancelled, where the provider says so.</param>
public sealed record BatchRequestCounts(int Total, int Completed, int Failed, int? Processing = null, int? Canceled = null)
{
    /// <summary>No counts.</summary>
    public static BatchRequestCounts None { get; } = new(0, 0, 0);
}
