using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Batchwork.Dashboard.Features.NewJob.Upload;

/// <summary>
/// Reads a form part by part while it arrives. The framework's own form reader would take the whole upload in before anybody looked at who sent it.
/// </summary>
internal sealed class MultipartUpload
{
    private const int MaxTokenLength = 4096;
    private readonly MultipartReader _reader;

    private MultipartUpload(string boundary, Stream body) => _reader = new MultipartReader(boundary, body) { HeadersLengthLimit = 8 * 1024 };

    /// <summary>Begins to read a request's form.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The form; <see langword="null"/> when the request has none.</returns>
    public static MultipartUpload? Of(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= 100 } boundary
            ? new MultipartUpload(boundary.ToString(), request.Body)
            : null;

    /// <summary>The next part of the form.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The part; <see langword="null"/> after the last.</returns>
    public async Task<UploadPart?> NextAsync(CancellationToken cancellationToken)
    {
        while (await _reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
            {
                var fileName = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName);
                return new UploadPart(HeaderUtilities.RemoveQuotes(disposition.Name).ToString(), fileName.ToString(), section.Body);
            }
        }

        return null;
    }

    /// <summary>The text of a short part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Its text; what is too long for a token is none.</returns>
    public static async Task<string?> ReadShortAsync(UploadPart part, CancellationToken cancellationToken)
    {
        var buffer = new char[MaxTokenLength + 1];
        using var text = new StreamReader(part.Content, leaveOpen: true);
        var length = await text.ReadBlockAsync(buffer, cancellationToken);
        return length > MaxTokenLength ? null : new string(buffer, 0, length);
    }
}
