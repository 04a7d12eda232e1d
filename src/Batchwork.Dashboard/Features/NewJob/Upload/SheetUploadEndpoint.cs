using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Sheets;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;

namespace Batchwork.Dashboard.Features.NewJob.Upload;

/// <summary>
/// Receives a sheet or typed prompts as a plain form, so that neither a lost circuit nor a phone that switches apps loses them. Streams from the
/// socket to the spool; the token is checked before the first byte of the file is read.
/// </summary>
internal static class SheetUploadEndpoint
{
    public const string FileField = "sheet";
    public const string PromptsField = "prompts";

    /// <summary>Boundaries, headers and the token beside the file itself.</summary>
    private const long FrameBytes = 64 * 1024;

    public static async Task<IResult> ReceiveAsync(
        HttpContext http, SheetService sheets, DraftService drafts, IAntiforgery antiforgery, CancellationToken cancellationToken)
    {
        var workspace = http.Features.GetRequiredFeature<WorkspaceContext>();
        var limit = sheets.MaxBytes + FrameBytes;
        if (http.Request.ContentLength > limit)
        {
            return UploadAnswer.Refused(http, workspace, sheets.TooLarge("sheet"));
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
        {
            body.MaxRequestBodySize = limit;
        }

        try
        {
            var upload = await TakeInAsync(http, workspace.Actor, sheets, antiforgery, cancellationToken);
            return upload is null ? UploadAnswer.Forged()
                : upload.SheetId is not { } sheetId ? UploadAnswer.Refused(http, workspace, upload)
                : await drafts.CreateAsync(workspace.Actor, sheetId, cancellationToken) is { } draftId ? UploadAnswer.Taken(http, workspace.Url($"drafts/{draftId}"))
                : TypedResults.NotFound();
        }
        catch (NotAllowedException e)
        {
            return TypedResults.Problem(e.Message, statusCode: StatusCodes.Status403Forbidden);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return UploadAnswer.Refused(http, workspace, sheets.TooLarge("sheet"));
        }
        catch (InvalidDataException)
        {
            return TypedResults.Problem("The form could not be read. Reload the page and try again.", statusCode: StatusCodes.Status400BadRequest);
        }
    }

    /// <summary>Reads the form up to the sheet. The token comes as a header (script) or as the form's first field (without script).</summary>
    private static async Task<SheetUpload?> TakeInAsync(
        HttpContext http, Actor actor, SheetService sheets, IAntiforgery antiforgery, CancellationToken cancellationToken)
    {
        var tokens = antiforgery.GetTokens(http);
        if (MultipartUpload.Of(http.Request) is not { } form)
        {
            throw new InvalidDataException("Not a multipart form.");
        }

        var isOurs = http.Request.Headers.ContainsKey(tokens.HeaderName!) && await antiforgery.IsRequestValidAsync(http);
        while (await form.NextAsync(cancellationToken) is { } part)
        {
            if (part.Name == tokens.FormFieldName && !isOurs)
            {
                http.Request.Headers[tokens.HeaderName!] = await MultipartUpload.ReadShortAsync(part, cancellationToken);
                isOurs = await antiforgery.IsRequestValidAsync(http);
            }
            else if (part.Name is FileField or PromptsField)
            {
                return !isOurs ? null
                    : part.Name == PromptsField ? await sheets.FromPromptsAsync(actor, part.Content, cancellationToken)
                    : await sheets.UploadAsync(actor, part.FileName ?? "", part.Content, cancellationToken);
            }
        }

        return isOurs ? throw new InvalidDataException("The form has no sheet.") : null;
    }
}
