using System.Buffers;
using System.Text;
using Batchwork.Emulator.Files;
using Batchwork.Emulator.Serving;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Batchwork.Emulator.OpenAI;

/// <summary>Reads the form of an upload. The file goes to disk as it arrives, each line looked at in passing.</summary>
internal sealed class OpenAIUpload(HttpContext context, IncomingFile target, long largest)
{
    private const int Piece = 64 * 1024;
    private const int LongestField = 8 * 1024;

    public string? Purpose { get; private set; }

    public string? Filename { get; private set; }

    public string? ExpiryAnchor { get; private set; }

    public string? ExpirySeconds { get; private set; }

    /// <summary>Reads the form; null if it could be read.</summary>
    public async Task<OpenAIError?> ReadAsync(CancellationToken cancellationToken)
    {
        LargeBody.Allow(context);
        if (BoundaryOf(context.Request) is not { Length: > 0 } boundary)
        {
            return OpenAIError.Request("The upload must be multipart/form-data.");
        }

        try
        {
            var reader = new MultipartReader(boundary, context.Request.Body);
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (await ReadAsync(section, cancellationToken) is { } error)
                {
                    return error;
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return OpenAIError.Request("The upload is not complete.");
        }

        return Filename is null ? OpenAIError.Missing("file") : Purpose is null ? OpenAIError.Missing("purpose") : null;
    }

    private static string? BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            ? HeaderUtilities.RemoveQuotes(type.Boundary).Value
            : null;

    private async Task<OpenAIError?> ReadAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
        {
            return OpenAIError.Request("A part of the form has no name.");
        }

        var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value;
        if (name == "file")
        {
            var filename = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
            Filename = HeaderUtilities.RemoveQuotes(filename).Value ?? "file";
            return await StoreAsync(section.Body, cancellationToken);
        }

        var value = await TextAsync(section.Body, cancellationToken);
        switch (name)
        {
            case "purpose":
                Purpose = value;
                break;
            case "expires_after[anchor]":
                ExpiryAnchor = value;
                break;
            case "expires_after[seconds]":
                ExpirySeconds = value;
                break;
            default:
                return OpenAIError.Request($"Unknown parameter: '{name}'.", name, "unknown_parameter");
        }

        return null;
    }

    private async Task<OpenAIError?> StoreAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                if (target.Bytes + read > largest)
                {
                    var message = $"The file is larger than the {largest} bytes a batch may have.";
                    return new OpenAIError(413, message, "invalid_request_error", "file", "file_too_large");
                }

                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return null;
    }

    private static async Task<string> TextAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestField];
        var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, read);
    }
}
