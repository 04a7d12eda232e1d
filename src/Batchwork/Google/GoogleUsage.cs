using System.Globalization;
using System.Text.Json;
using Batchwork.Json;

namespace Batchwork.Google;

/// <summary>Reads what a request used.</summary>
internal static class GoogleUsage
{
    /// <summary>Reads <c>usageMetadata</c>. Thoughts are billed as output: <c>candidatesTokenCount</c> 4 and <c>thoughtsTokenCount</c> 50 make 54 (Gemini API reference, November 2026).</summary>
    public static BatchUsage? Read(JsonElement usage)
    {
        var input = Count(usage, "promptTokenCount");
        var answer = Count(usage, "candidatesTokenCount");
        var thoughts = Count(usage, "thoughtsTokenCount");
        var total = Count(usage, "totalTokenCount");
        if (input is null && answer is null && thoughts is null && total is null)
        {
            return null;
        }

        long? output = answer is null && thoughts is null ? null : (answer ?? 0) + (thoughts ?? 0);
        var pictures = Modality(usage.Property("candidatesTokensDetails"), "IMAGE");
        return new BatchUsage
        {
            InputTokens = input,
            InputTextTokens = Modality(usage.Property("promptTokensDetails"), "TEXT"),
            InputImageTokens = Modality(usage.Property("promptTokensDetails"), "IMAGE"),
            OutputTokens = output,
            OutputImageTokens = pictures,
            OutputTextTokens = pictures is null || output is null ? null : Math.Max(0, output.Value - pictures.Value),
            TotalTokens = total ?? (input ?? 0) + (output ?? 0),
        };
    }

    // [{ "modality": "IMAGE", "tokenCount": 1120 }]
    private static long? Modality(JsonElement details, string modality)
    {
        long? sum = null;
        foreach (var detail in details.Items().Where(d => d.Property("modality").Text() == modality))
        {
            sum = (sum ?? 0) + (Count(detail, "tokenCount") ?? 0);
        }

        return sum;
    }

    // Numbers mostly; int64 is a text in Google's JSON. A negative count is no count.
    private static long? Count(JsonElement usage, string name) => Whole(usage.Property(name)) is { } count and >= 0 ? count : null;

    /// <summary>A whole number, also one that came as a text: <c>"9"</c>.</summary>
    public static long? Whole(JsonElement number) =>
        number.Whole() ?? (long.TryParse(number.Text(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null);
}
