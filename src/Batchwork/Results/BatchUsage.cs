namespace Batchwork;

/// <summary>What the provider says a request used. A value that it does not report is <see langword="null"/>, never 0.</summary>
public sealed record BatchUsage
{
    /// <summary>Tokens read.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Of these, text.</summary>
    public long? InputTextTokens { get; init; }

    /// <summary>Of these, images.</summary>
    public long? InputImageTokens { get; init; }

    /// <summary>Tokens made.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Of these, images.</summary>
    public long? OutputImageTokens { get; init; }

    /// <summary>Of these, text.</summary>
    public long? OutputTextTokens { get; init; }

    /// <summary>Tokens in all.</summary>
    public long? TotalTokens { get; init; }

    /// <summary>Price in millionths of a US dollar, where the provider names one.</summary>
    public long? CostMicroUsd { get; init; }
}
