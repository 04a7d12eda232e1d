using System.Globalization;
using System.Text.Json;

namespace Batchwork.Emulator.Google;

/// <summary>
/// What a caller says of an upload when it begins: headers, and a body such as <c>{"file":{"displayName":"job","name":"files/tag"}}</c>.
/// </summary>
internal sealed record GoogleUploadStart
{
    public const string Header = "x-goog-upload-";

    /// <summary>The name that was chosen, without <c>files/</c>; null if none was.</summary>
    public string? Name { get; private init; }

    public string? DisplayName { get; private init; }

    public required string MediaType { get; init; }

    /// <summary>How many bytes were announced, if any were.</summary>
    public long? Announced { get; private init; }

    public static async Task<(GoogleUploadStart? Start, GoogleError? Error)> ReadAsync(
        HttpRequest request, CancellationToken cancellationToken)
    {
        var headers = request.Headers;
        if (headers[Header + "protocol"] != "resumable" || headers[Header + "command"] != "start")
        {
            return (null, GoogleError.Invalid(
                "This emulator takes resumable uploads only: X-Goog-Upload-Protocol: resumable, X-Goog-Upload-Command: start."));
        }

        var start = new GoogleUploadStart
        {
            MediaType = headers[Header + "header-content-type"] is [{ Length: > 0 } type] ? type : "application/octet-stream",
            Announced = long.TryParse(headers[Header + "header-content-length"], CultureInfo.InvariantCulture, out var length)
                ? length
                : null,
        };
        try
        {
            return request.HasJsonContentType() && request.ContentLength is not 0
                ? await ReadBodyAsync(start, request.Body, cancellationToken)
                : (start, null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, GoogleError.Invalid("Invalid JSON payload received."));
        }
    }

    private static async Task<(GoogleUploadStart? Start, GoogleError? Error)> ReadBodyAsync(
        GoogleUploadStart start, Stream body, CancellationToken cancellationToken)
    {
        using var json = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        var file = json.RootElement.Field("file") ?? default;
        var name = file.Text("name");
        if (name?.StartsWith(GoogleFileName.Prefix, StringComparison.Ordinal) == false)
        {
            return (null, GoogleError.Invalid("* CreateFileRequest.file.name: must be of the form files/{file_id}.\n"));
        }

        var id = name?[GoogleFileName.Prefix.Length..];
        return id is not null && GoogleFileName.Check(id) is { } wrong
            ? (null, wrong)
            : (start with { Name = id, DisplayName = file.Text("displayName") }, null);
    }
}
