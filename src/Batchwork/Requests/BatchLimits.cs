namespace Batchwork;

/// <summary>Bounds that a batch must keep. Equal to a bound is allowed.</summary>
public sealed record BatchLimits
{
    /// <summary>The default bounds: 50,000 requests, 20 MiB a request, 200 MiB an upload.</summary>
    public static BatchLimits Default { get; } = new();

    /// <summary>Most requests in one batch. Default 50,000.</summary>
    public int MaxRequests { get; init; } = 50_000;

    /// <summary>Most bytes of one request's body. Default 20 MiB.</summary>
    public long MaxRequestBytes { get; init; } = 20L * 1024 * 1024;

    /// <summary>Most bytes of the whole upload, line ends included. Default 200 MiB.</summary>
    public long MaxUploadBytes { get; init; } = 200L * 1024 * 1024;
}
