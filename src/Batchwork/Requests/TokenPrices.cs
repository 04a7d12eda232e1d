namespace Batchwork;

/// <summary>Batch prices of a model's tokens, in millionths of a US dollar for a million tokens: with these, what a request really cost follows from its <see cref="BatchUsage"/>.</summary>
/// <param name="TextInput">A million tokens of prompt text.</param>
/// <param name="ImageInput">A million tokens of input pictures.</param>
/// <param name="ImageOutput">A million tokens of pictures made.</param>
/// <param name="Source">Where they come from.</param>
/// <param name="AsOf">When that was read.</param>
/// <param name="TextOutput">A million tokens of text made, thoughts included, where they cost something else than pictures.</param>
public sealed record TokenPrices(long TextInput, long ImageInput, long ImageOutput, string Source, DateOnly AsOf, long? TextOutput = null)
{
    private const decimal TokensPriced = 1_000_000m;

    /// <summary>What a request cost.</summary>
    /// <param name="usage">What it used.</param>
    /// <returns>Millionths of a US dollar, rounded up; <see langword="null"/> when the provider does not say how many tokens were made.</returns>
    public long? CostMicroUsd(BatchUsage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        if (usage.OutputTokens is not { } made || made < 0)
        {
            return null;
        }

        var images = Math.Max(0, usage.InputImageTokens ?? 0);
        var text = Math.Max(0, usage.InputTextTokens ?? (usage.InputTokens ?? 0) - images);
        var words = TextOutput is null ? 0 : Math.Clamp(usage.OutputTextTokens ?? 0, 0, made);
        return (long)Math.Ceiling(((text * (decimal)TextInput) + (images * (decimal)ImageInput) + ((made - words) * (decimal)ImageOutput) + (words * (decimal)(TextOutput ?? 0))) / TokensPriced);
    }
}
