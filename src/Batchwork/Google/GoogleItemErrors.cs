using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Batchwork.Json;

namespace Batchwork.Google;

/// <summary>Reads why a request of a batch has no picture, and says what that means.</summary>
internal static class GoogleItemErrors
{
    // Gemini API reference, FinishReason and BlockReason, November 2026. All of them count as successes in the batch's counts.
    private static readonly FrozenSet<string> s_refusals = new[]
    {
        "SAFETY", "IMAGE_SAFETY", "PROHIBITED_CONTENT", "IMAGE_PROHIBITED_CONTENT", "BLOCKLIST", "SPII", "RECITATION", "IMAGE_RECITATION", "MODEL_ARMOR", "JAILBREAK",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_accidents = new[] { "IMAGE_OTHER", "OTHER", "MAX_TOKENS", "LANGUAGE", "MALFORMED_FUNCTION_CALL" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The <c>error</c> of an item: a <c>google.rpc.Status</c>. <see langword="null"/> when there is none.</summary>
    public static BatchError? OfItem(JsonElement error) => error.ValueKind switch
    {
        JsonValueKind.String when error.NonEmptyText() is { } text => new BatchError(null, ErrorText.Clean(text, null)),
        JsonValueKind.Object => new BatchError(
            error.Property("code").TextOrNumber() is { Length: > 0 } code ? code : null,
            error.Property("message").NonEmptyText() is { } message ? ErrorText.Clean(message, null) : "Request errored.",
            error.Property("status").NonEmptyText()),
        _ => null,
    };

    /// <summary>What an item's error means for the person who asked: by gRPC's codes (<c>3</c>), or by HTTP's (<c>400</c>), which are met as well.</summary>
    public static ResultOutcome Outcome(BatchError error) =>
        int.TryParse(error.Code, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? code switch
            {
                1 or 499 => ResultOutcome.Cancelled,
                3 or 5 or 6 or 7 or 9 or 11 or 12 or 16 => ResultOutcome.Invalid,
                408 or 409 or 429 => ResultOutcome.Transient,
                >= 400 and < 500 => ResultOutcome.Invalid,
                _ => ResultOutcome.Transient,
            }
            : ResultOutcome.Transient;

    /// <summary>Why an answer has no picture.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="text">What the model said instead.</param>
    public static (ResultOutcome Outcome, BatchError Error) OfEmpty(JsonElement response, string? text)
    {
        var feedback = response.Property("promptFeedback");
        if (feedback.Property("blockReason").NonEmptyText() is { } block)
        {
            var words = feedback.Property("blockReasonMessage").NonEmptyText();
            return (ResultOutcome.Refused, new BatchError(block, words is null ? $"Google refused the prompt ({block})." : ErrorText.Clean(words, null)));
        }

        var candidate = response.Property("candidates").Items().FirstOrDefault(c => c.Property("finishReason").NonEmptyText() is not (null or "STOP"));
        var reason = candidate.Property("finishReason").NonEmptyText();
        var said = candidate.Property("finishMessage").NonEmptyText() ?? text;
        if (reason is not null && s_refusals.Contains(reason))
        {
            return (ResultOutcome.Refused, new BatchError(reason, said is null ? $"Google refused to make this picture ({reason})." : ErrorText.Clean(said, null)));
        }

        var outcome = reason is not null && s_accidents.Contains(reason) ? ResultOutcome.Transient : ResultOutcome.NoImage;
        var end = reason is null ? "" : $" ({reason})";
        return (outcome, new BatchError(reason ?? "no_image", said is null ? $"Google answered without a picture{end}." : $"Google answered without a picture{end}: {ErrorText.Clean(said, null)}"));
    }
}
