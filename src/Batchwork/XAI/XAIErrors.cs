using System.Globalization;
using System.Text.Json;
using Batchwork.Json;

namespace Batchwork.XAI;

/// <summary>Reads why a request of a batch has no picture, and says what that means.</summary>
internal static class XAIErrors
{
    /// <summary>
    /// The error of a result: a text in <c>error_message</c>, or in <c>batch_result.error</c> a text or <c>{"code":3,"message":"…"}</c>. Empty ones are none:
    /// successful results carry <c>"error_message":""</c>.
    /// </summary>
    public static BatchError? Of(JsonElement item)
    {
        var inner = item.Property("batch_result").Property("error");
        var outerText = item.Property("error_message").NonEmptyText();
        var text = outerText ?? inner.NonEmptyText() ?? inner.Property("message").NonEmptyText();
        var code = inner.Property("code").TextOrNumber();
        var isError = text is not null || (inner.ValueKind == JsonValueKind.Object && inner.EnumerateObject().Any());
        return isError ? new BatchError(string.IsNullOrEmpty(code) ? null : code, text is null ? "Request errored." : ErrorText.Clean(text, null), inner.Property("type").NonEmptyText()) : null;
    }

    /// <summary>What a failed request means for the person who asked.</summary>
    public static ResultOutcome Outcome(BatchError error) => Number(error.Code) switch
    {
        _ when IsRefusal(error) => ResultOutcome.Refused,

        // gRPC's codes, google/rpc/code.proto.
        1 => ResultOutcome.Cancelled,
        3 or 5 or 6 or 7 or 9 or 11 or 12 or 16 => ResultOutcome.Invalid,

        // HTTP's, should a gateway write those.
        408 or 409 or 429 => ResultOutcome.Transient,
        >= 400 and < 500 => ResultOutcome.Invalid,
        _ => ResultOutcome.Transient,
    };

    // The only place where a message is matched: xAI gives refusals no code ("Generated image rejected by content moderation.", code 3 or none),
    // and taking one for a wrong request, or for bad luck, has people send it again and pay again: refusals are charged.
    private static bool IsRefusal(BatchError error) =>
        error.Message.Contains("content moderation", StringComparison.OrdinalIgnoreCase)
        || error.Message.Contains("content policy", StringComparison.OrdinalIgnoreCase)
        || error.Message.Contains("usage guidelines", StringComparison.OrdinalIgnoreCase);

    private static int? Number(string? code) => int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
