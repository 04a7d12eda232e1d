namespace Batchwork;

/// <summary>Where a batch is at its provider. Providers' own words are mapped in one place per provider and kept in <see cref="BatchSnapshot.RawStatus"/>.</summary>
public enum BatchStatus
{
    /// <summary>The provider is checking the input.</summary>
    Validating,

    /// <summary>Requests are being worked on.</summary>
    InProgress,

    /// <summary>All requests are done; the provider is writing the results.</summary>
    Finalizing,

    /// <summary>Done. Single requests may still have failed.</summary>
    Completed,

    /// <summary>The provider refused or gave up the batch as a whole.</summary>
    Failed,

    /// <summary>The provider's time for the batch ran out. There may be partial results.</summary>
    Expired,

    /// <summary>A cancellation was accepted and takes effect.</summary>
    Cancelling,

    /// <summary>Stopped. There may be partial results.</summary>
    Cancelled,
}
