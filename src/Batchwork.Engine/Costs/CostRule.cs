namespace Batchwork.Engine.Costs;

/// <summary>Says what an answer cost: nothing but the provider's answer and the prices frozen with the job goes in, so the same answer always costs the same.</summary>
internal static class CostRule
{
    /// <summary>Judges an answer.</summary>
    /// <param name="outcome">What it means.</param>
    /// <param name="usage">What the provider says was used.</param>
    /// <param name="prices">What tokens cost when the job was started.</param>
    /// <returns>The price and how it is known; <see langword="null"/> when nothing was charged.</returns>
    public static (long? MicroUsd, CostBasis Basis)? Of(ResultOutcome outcome, BatchUsage? usage, TokenPrices? prices) =>
        usage?.CostMicroUsd is { } reported and >= 0 ? (reported, CostBasis.Reported)
        : usage is not null && prices?.CostMicroUsd(usage) is { } counted ? (counted, CostBasis.Tokens)
        : usage is null && IsFree(outcome) ? null
        : (null, CostBasis.Unknown);

    /// <summary>
    /// Requests that were not worked on are not charged (OpenAI's and Google's batch guides). A refusal is not among them: xAI charges requests that
    /// break its usage guidelines.
    /// </summary>
    private static bool IsFree(ResultOutcome outcome) =>
        outcome is ResultOutcome.Invalid or ResultOutcome.Transient or ResultOutcome.Expired or ResultOutcome.Cancelled;
}
