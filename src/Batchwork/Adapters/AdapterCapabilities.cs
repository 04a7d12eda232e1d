namespace Batchwork.Adapters;

/// <summary>What a provider's batch API can do and where its bounds are.</summary>
public sealed record AdapterCapabilities
{
    /// <summary>The provider's name for people, for example <c>OpenAI</c>.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The provider's public base URL.</summary>
    public required Uri PublicBaseUrl { get; init; }

    /// <summary>Most requests in one batch.</summary>
    public required int MaxRequests { get; init; }

    /// <summary>Most bytes in one upload.</summary>
    public required long MaxUploadBytes { get; init; }

    /// <summary>Most bytes of results that a batch should be planned to make. No provider names such a bound; this one keeps a download to minutes rather than hours. Default 10 GB.</summary>
    public long MaxExpectedOutputBytes { get; init; } = 10_000_000_000;

    /// <summary>Whether a batch has a place for <see cref="ImageBatch.Metadata"/>.</summary>
    public required bool HasMetadata { get; init; }

    /// <summary>Whether results can be read while the batch runs.</summary>
    public required bool ResultsWhileRunning { get; init; }

    /// <summary>Whether results may stand in the batch itself, or be read by its id alone: reading them needs no file's id, nor a poll before it.</summary>
    public bool ResultsInBatch { get; init; }

    /// <summary>How long the provider works on a batch at most.</summary>
    public required TimeSpan CompletionWindow { get; init; }

    /// <summary>How long the provider keeps the results of an ended batch; <see langword="null"/> when it does not say.</summary>
    public TimeSpan? ResultsKeptFor { get; init; }
}
