using System.Buffers;
using System.Text;
using Batchwork.Emulator.Files;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Batchwork.Emulator.Serving;

/// <summary>Reads the form of an upload. The file goes to disk as it arrives.</summary>
internal sealed class UploadForm(HttpContext context, IncomingFile target, long largest)
{
    private const int Piece = 64 * 1024;
    private const int LongestField = 8 * 1024;
    private readonly List<FormField> _fields = [];

    /// <summary>The name of the file; null if no file came.</summary>
    public string? Filename { get; private set; }

    /// <summary>What came besides the file, in order.</summary>
    public IReadOnlyList<FormField> Fields => _fields;

    public string? Field(string name) => _fields.Find(field => field.Name == name)?.Value;

    public async Task<UploadFault> ReadAsync(CancellationToken cancellationToken)
    {
        LargeBody.Allow(context);
        if (BoundaryOf(context.Request) is not { Length: > 0 } boundary)
        {
            return UploadFault.NotMultipart;
        }

        try
        {
            var reader = new MultipartReader(boundary, context.Request.Body);
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (await ReadAsync(section, cancellationToken) is var fault and not UploadFault.None)
                {
                    return fault;
                }
            }

            return UploadFault.None;
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return UploadFault.Incomplete;
        }
    }

    private static string? BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            ? HeaderUtilities.RemoveQuotes(type.Boundary).Value
            : null;

    private async Task<UploadFault> ReadAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
        {
            return UploadFault.PartWithoutName;
        }

        var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
        if (name == "file")
        {
            var filename = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
            Filename = HeaderUtilities.RemoveQuotes(filename).Value ?? "file";
            return await StoreAsync(section.Body, cancellationToken) ? UploadFault.None : UploadFault.TooLarge;
        }

        _fields.Add(new FormField(name, await TextAsync(section.Body, cancellationToken), AfterFile: Filename is not null));
        return UploadFault.None;
    }

    private async Task<bool> StoreAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                if (target.Bytes + read > largest)
                {
                    return false;
                }

                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<string> TextAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestField];
        var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, read);
    }
}
