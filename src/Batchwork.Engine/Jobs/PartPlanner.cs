using Batchwork.Adapters;

namespace Batchwork.Engine.Jobs;

/// <summary>Cuts a job's rows, in their order, into parts that keep the provider's bounds. Told row by row, so it holds nothing.</summary>
internal sealed class PartPlanner
{
    private readonly int _maxRequests;
    private readonly long _maxBytes;
    private int _requests;
    private long _bytes;

    /// <summary>Plans within a provider's bounds and the library's.</summary>
    /// <param name="capabilities">The provider's bounds; <see langword="null"/> for the library's alone.</param>
    public PartPlanner(AdapterCapabilities? capabilities)
        : this(
            Math.Min(capabilities?.MaxRequests ?? int.MaxValue, BatchLimits.Default.MaxRequests),
            Math.Min(capabilities?.MaxUploadBytes ?? long.MaxValue, BatchLimits.Default.MaxUploadBytes))
    {
    }

    public PartPlanner(int maxRequests, long maxBytes)
    {
        _maxRequests = maxRequests;
        _maxBytes = maxBytes;
    }

    /// <summary>Parts so far.</summary>
    public int Parts { get; private set; }

    /// <summary>Places the next row.</summary>
    /// <param name="bytes">At most so many bytes of the upload are its.</param>
    /// <returns>The number of its part, from 1.</returns>
    public int Add(long bytes)
    {
        if (Parts == 0 || _requests + 1 > _maxRequests || _bytes + bytes > _maxBytes)
        {
            Parts++;
            (_requests, _bytes) = (0, 0);
        }

        _requests++;
        _bytes += bytes;
        return Parts;
    }
}
