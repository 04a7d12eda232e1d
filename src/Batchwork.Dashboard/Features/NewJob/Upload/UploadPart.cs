namespace Batchwork.Dashboard.Features.NewJob.Upload;

/// <summary>A part of a form that is being received.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="FileName">The file's name; empty for plain fields, and for a file field in which nothing was chosen.</param>
/// <param name="Content">Its bytes, read once and before the next part.</param>
internal sealed record UploadPart(string Name, string? FileName, Stream Content);
