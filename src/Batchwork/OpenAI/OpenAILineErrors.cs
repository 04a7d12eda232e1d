using System.Globalization;
using System.Net;
using System.Text.Json;
using Batchwork.Json;

namespace Batchwork.OpenAI;

/// <summary>Reads why a request of a batch has no picture, and says what that means.</summary>
internal static class OpenAILineErrors
{
    /// <summary>The <c>error</c> of the line itself: the request was never made.</summary>
    /// <returns>The error; <see langword="null"/> when there is none (null, "", {} all mean that).</returns>
    public static BatchError? OfLine(JsonElement error)
    {
        if (error.NonEmptyText() is { } text)
        {
            return new BatchError(null, ErrorText.Clean(text, null));
        }

        return error.ValueKind == JsonValueKind.Object && error.EnumerateObject().Any() ? Of(error, "Request errored.") : null;
    }

    /// <summary>The error in the body of the answer: in <c>error</c>, or (some gateways) the body itself.</summary>
    public static BatchError OfBody(JsonElement body, string fallback)
    {
        var error = body.Property("error");
        return error.NonEmptyText() is { } text ? new BatchError(body.Property("code").TextOrNumber(), ErrorText.Clean(text, null))
            : Of(error.ValueKind == JsonValueKind.Object ? error : body, fallback);
    }

    /// <summary>Whether an answer carries an error although its status is a success.</summary>
    public static bool IsIn(JsonElement body)
    {
        var error = body.Property("error");
        return error.NonEmptyText() is not null || (error.ValueKind == JsonValueKind.Object && error.EnumerateObject().Any());
    }

    /// <summary>What a failed request means for the person who asked.</summary>
    /// <param name="status">Its HTTP status, if it got that far.</param>
    /// <param name="error">Its error.</param>
    public static ResultOutcome Outcome(long? status, BatchError error) => error switch
    {
        { Code: "batch_expired" } => ResultOutcome.Expired,
        { Code: "batch_cancelled" or "batch_canceled" } => ResultOutcome.Cancelled,

        // moderation_blocked since GPT Image, content_policy_violation with DALL·E, content_filter at Azure.
        { Code: "moderation_blocked" or "content_policy_violation" or "content_filter" or "contentFilter" } => ResultOutcome.Refused,
        { Type: "image_generation_user_error" } => ResultOutcome.Refused,
        _ => status switch
        {
            (int)HttpStatusCode.RequestTimeout or (int)HttpStatusCode.Conflict or (int)HttpStatusCode.TooManyRequests => ResultOutcome.Transient,
            >= 400 and < 500 => ResultOutcome.Invalid,
            _ => ResultOutcome.Transient,
        },
    };

    /// <summary>What to say when the provider only gives a status.</summary>
    public static string Fallback(long? status) =>
        string.Create(CultureInfo.InvariantCulture, $"Request failed with status {status ?? 0}.");

    private static BatchError Of(JsonElement error, string fallback)
    {
        var message = error.Property("message").NonEmptyText() is { } text ? ErrorText.Clean(text, null) : fallback;
        return new BatchError(
            error.Property("code").TextOrNumber() is { Length: > 0 } code ? code : null,
            message,
            error.Property("type").NonEmptyText(),
            Param: error.Property("param").NonEmptyText());
    }
}
