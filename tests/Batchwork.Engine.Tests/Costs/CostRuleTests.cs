using Batchwork.Engine.Costs;

namespace Batchwork.Engine.Tests.Costs;

public sealed class CostRuleTests
{
    private static readonly TokenPrices s_prices = new(TextInput: 2_500_000, ImageInput: 4_000_000, ImageOutput: 15_000_000, "Price list", new DateOnly(2026, 11, 20));

    [Fact]
    public void Of_APriceTheProviderNames_IsThatPrice() =>
        Assert.Equal((40_000L, CostBasis.Reported), CostRule.Of(ResultOutcome.Succeeded, new BatchUsage { CostMicroUsd = 40_000, OutputTokens = 9 }, s_prices));

    [Fact]
    public void Of_TokensThatAreCounted_ArePricedAndRoundedUp() =>
        // 10 × $2.50 + 439 × $15 for a million: 25 + 6,585 millionths.
        Assert.Equal((6_610L, CostBasis.Tokens), CostRule.Of(ResultOutcome.Succeeded, new BatchUsage { InputTokens = 10, OutputTokens = 439 }, s_prices));

    [Fact]
    public void Of_ARefusalThatUsedTokens_IsCharged() =>
        Assert.Equal((25L, CostBasis.Tokens), CostRule.Of(ResultOutcome.Refused, new BatchUsage { InputTokens = 10, OutputTokens = 0 }, s_prices));

    [Theory]
    [InlineData(ResultOutcome.Succeeded)]
    [InlineData(ResultOutcome.NoImage)]
    [InlineData(ResultOutcome.Refused)]
    [InlineData(ResultOutcome.Unreadable)]
    public void Of_AnAnswerWithoutUsage_IsUnknownAndNotNothing(ResultOutcome outcome) =>
        Assert.Equal((null, CostBasis.Unknown), CostRule.Of(outcome, null, s_prices));

    [Fact]
    public void Of_TokensWithoutAPrice_IsUnknown() =>
        Assert.Equal((null, CostBasis.Unknown), CostRule.Of(ResultOutcome.Succeeded, new BatchUsage { OutputTokens = 439 }, null));

    [Theory]
    [InlineData(-1, null)]
    [InlineData(-1, -5L)]
    public void Of_NegativeNumbers_AreNoNumbers(long cost, long? tokens) =>
        Assert.Equal((null, CostBasis.Unknown), CostRule.Of(ResultOutcome.Succeeded, new BatchUsage { CostMicroUsd = cost, OutputTokens = tokens }, s_prices));

    [Theory]
    [InlineData(ResultOutcome.Invalid)]
    [InlineData(ResultOutcome.Transient)]
    [InlineData(ResultOutcome.Expired)]
    [InlineData(ResultOutcome.Cancelled)]
    public void Of_ARequestThatWasNotWorkedOn_IsNotCharged(ResultOutcome outcome) => Assert.Null(CostRule.Of(outcome, null, s_prices));
}
