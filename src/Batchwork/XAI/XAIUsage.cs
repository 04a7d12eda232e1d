using System.Text.Json;
using Batchwork.Json;

namespace Batchwork.XAI;

/// <summary>Reads what a request used: for pictures, what it cost.</summary>
internal static class XAIUsage
{
    // cost_in_usd_ticks: 10,000,000,000 to the dollar, so 200,000,000 is $0.02.
    private const long TicksPerMicroUsd = 10_000;

    public static BatchUsage? Read(JsonElement usage)
    {
        var input = Count(usage, "prompt_tokens") ?? Count(usage, "input_tokens");
        var output = Count(usage, "completion_tokens") ?? Count(usage, "output_tokens");
        var total = Count(usage, "total_tokens");
        var ticks = Count(usage, "cost_in_usd_ticks");
        return input is null && output is null && total is null && ticks is null ? null : new BatchUsage
        {
            InputTokens = input,
            OutputTokens = output,
            TotalTokens = total ?? (input is null && output is null ? null : (input ?? 0) + (output ?? 0)),
            CostMicroUsd = (ticks + TicksPerMicroUsd - 1) / TicksPerMicroUsd,
        };
    }

    private static long? Count(JsonElement usage, string name) => usage.Property(name).Whole() is { } count and >= 0 ? count : null;
}
