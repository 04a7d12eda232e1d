using System.Text.Json;
using Batchwork.Json;

namespace Batchwork.OpenAI;

/// <summary>Reads what a request used.</summary>
internal static class OpenAIUsage
{
    /// <summary>Reads <c>usage</c>. The older names (<c>prompt_tokens</c>) win where a gateway sends both.</summary>
    public static BatchUsage? Read(JsonElement usage)
    {
        var input = Count(usage, "prompt_tokens") ?? Count(usage, "input_tokens");
        var output = Count(usage, "completion_tokens") ?? Count(usage, "output_tokens");
        var total = Count(usage, "total_tokens");
        if (input is null && output is null && total is null)
        {
            return null;
        }

        var inputDetails = usage.Property("input_tokens_details");
        var outputDetails = usage.Property("output_tokens_details");
        return new BatchUsage
        {
            InputTokens = input,
            InputTextTokens = Count(inputDetails, "text_tokens"),
            InputImageTokens = Count(inputDetails, "image_tokens"),
            OutputTokens = output,
            OutputImageTokens = Count(outputDetails, "image_tokens"),
            OutputTextTokens = Count(outputDetails, "text_tokens"),
            TotalTokens = total ?? (input ?? 0) + (output ?? 0),
        };
    }

    // A negative count is no count.
    private static long? Count(JsonElement usage, string name) => usage.Property(name).Whole() is { } count and >= 0 ? count : null;
}
