using System.Globalization;
using System.Text.Json;
using Batchwork.Json;

namespace Batchwork;

/// <summary>What a provider says in the body of an error, in any of the shapes that are met.</summary>
/// <param name="Error">Its words; <see langword="null"/> when the body is not the provider's own error.</param>
/// <param name="RetryDelay">How long it asks to wait, in the body.</param>
internal sealed record ErrorBody(BatchError? Error, TimeSpan? RetryDelay)
{
    private const string GoogleErrorInfo = "type.googleapis.com/google.rpc.ErrorInfo";
    private const string GoogleRetryInfo = "type.googleapis.com/google.rpc.RetryInfo";

    /// <summary>Reads the body of an error.</summary>
    public static ErrorBody Read(ReadOnlySpan<byte> body, BatchCredentials? credentials)
    {
        try
        {
            return Read(JsonBytes.Parse(body), credentials);
        }
        catch (JsonException)
        {
            return new ErrorBody(null, null);
        }
    }

    /// <summary>Reads an error that stands in <c>error</c>: an object (OpenAI, Google), or a text beside <c>code</c> (xAI). <see langword="null"/> when there is none.</summary>
    public static ErrorBody Read(JsonElement root, BatchCredentials? credentials)
    {
        // Some gateways wrap Google's error in a list of one.
        if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() == 1)
        {
            root = root[0];
        }

        var error = root.Property("error");
        return error.ValueKind switch
        {
            JsonValueKind.Object => new ErrorBody(Of(error, credentials), RetryDelayOf(error)),
            JsonValueKind.String => new ErrorBody(new BatchError(Code(root), ErrorText.Clean(error.Text()!, credentials)), null),
            _ => new ErrorBody(null, null),
        };
    }

    private static BatchError Of(JsonElement error, BatchCredentials? credentials) => new(
        (ReasonOf(error) ?? Code(error)) is { } code ? ErrorText.Clean(code, credentials) : null,
        ErrorText.Clean(error.Property("message").Text() ?? "", credentials),
        (error.Property("type").NonEmptyText() ?? error.Property("status").NonEmptyText()) is { } type ? ErrorText.Clean(type, credentials) : null,
        Line: error.Property("line").Whole() is { } line and > 0 and <= int.MaxValue ? (int)line : null,
        Param: error.Property("param").NonEmptyText() is { } param ? ErrorText.Clean(param, credentials) : null);

    private static string? Code(JsonElement element) => element.Property("code").TextOrNumber() is { Length: > 0 } code ? code : null;

    // Google's codes are those of HTTP; what is meant stands in a detail: { "@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID" }
    private static string? ReasonOf(JsonElement error) =>
        error.Property("details").Items().Where(detail => detail.Property("@type").Text() == GoogleErrorInfo).Select(detail => detail.Property("reason").NonEmptyText()).FirstOrDefault();

    // Google: { "@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "31.5s" }
    private static TimeSpan? RetryDelayOf(JsonElement error)
    {
        var details = error.Property("details");
        if (details.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        foreach (var detail in details.EnumerateArray())
        {
            if (detail.Property("@type").Text() == GoogleRetryInfo
                && detail.Property("retryDelay").Text() is { } delay
                && double.TryParse(delay.AsSpan().TrimEnd('s'), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
            {
                return RetryAfterHeader.Clamp(seconds);
            }
        }

        return null;
    }
}
