using Batchwork.Emulator.Files;
using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.OpenAI;

/// <summary>The form of an upload, as this API reads it.</summary>
internal sealed class OpenAIUpload(HttpContext context, IncomingFile target, long largest)
{
    private const string PurposeField = "purpose";
    private const string AnchorField = "expires_after[anchor]";
    private const string SecondsField = "expires_after[seconds]";
    private static readonly string[] s_known = [PurposeField, AnchorField, SecondsField];
    private readonly UploadForm _form = new(context, target, largest);

    public string? Purpose => _form.Field(PurposeField);

    public string? Filename => _form.Filename;

    public string? ExpiryAnchor => _form.Field(AnchorField);

    public string? ExpirySeconds => _form.Field(SecondsField);

    /// <summary>Reads the form; null if it could be read.</summary>
    public async Task<OpenAIError?> ReadAsync(CancellationToken cancellationToken) =>
        await _form.ReadAsync(cancellationToken) switch
        {
            UploadFault.NotMultipart => OpenAIError.Request("The upload must be multipart/form-data."),
            UploadFault.PartWithoutName => OpenAIError.Request("A part of the form has no name."),
            UploadFault.Incomplete => OpenAIError.Request("The upload is not complete."),
            UploadFault.TooLarge => new OpenAIError(
                413, $"The file is larger than the {largest} bytes a batch may have.", "invalid_request_error", "file", "file_too_large"),
            _ => Check(),
        };

    private OpenAIError? Check() =>
        _form.Fields.FirstOrDefault(field => !s_known.Contains(field.Name)) is { } unknown
            ? OpenAIError.Request($"Unknown parameter: '{unknown.Name}'.", unknown.Name, "unknown_parameter")
            : Filename is null ? OpenAIError.Missing("file")
            : Purpose is null ? OpenAIError.Missing(PurposeField)
            : null;
}
