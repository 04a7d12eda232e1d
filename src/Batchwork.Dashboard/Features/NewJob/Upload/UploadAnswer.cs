using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Sheets;

namespace Batchwork.Dashboard.Features.NewJob.Upload;

/// <summary>Answers an upload: to our script as JSON, to a plain form with a redirect or a small page.</summary>
internal static class UploadAnswer
{
    /// <summary>The sheet is stored.</summary>
    /// <param name="http">The request.</param>
    /// <param name="location">The draft's address.</param>
    /// <returns>The answer.</returns>
    public static IResult Taken(HttpContext http, string location) =>
        WantsJson(http) ? TypedResults.Ok(new { location }) : new SeeOther(location);

    /// <summary>The file is no sheet, or too large.</summary>
    /// <param name="http">The request.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="upload">Why.</param>
    /// <returns>The answer.</returns>
    public static IResult Refused(HttpContext http, WorkspaceContext workspace, SheetUpload upload)
    {
        var status = upload.IsTooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status422UnprocessableEntity;
        return WantsJson(http)
            ? TypedResults.Json(new { title = Title(upload), faults = upload.Faults.Select(f => f.Message), more = upload.MoreFaults }, statusCode: status)
            : TypedResults.Content(Page(workspace, upload), "text/html", Encoding.UTF8, status);
    }

    /// <summary>The form was not ours, or too old.</summary>
    /// <returns>The answer.</returns>
    public static IResult Forged() =>
        TypedResults.Problem("This form is too old or was not ours. Reload the page and try again.", statusCode: StatusCodes.Status400BadRequest);

    private static bool WantsJson(HttpContext http) => http.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.OrdinalIgnoreCase);

    private static string Title(SheetUpload upload) => $"“{upload.FileName}” was not taken in. Nothing was stored.";

    private static string Page(WorkspaceContext workspace, SheetUpload upload)
    {
        var encode = HtmlEncoder.Default;
        var page = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Not taken in · Batchwork</title></head><body><main><h1>")
            .Append(encode.Encode(Title(upload))).Append("</h1><ul>");
        foreach (var fault in upload.Faults)
        {
            page.Append("<li>").Append(encode.Encode(fault.Message)).Append("</li>");
        }

        if (upload.MoreFaults > 0)
        {
            page.Append(CultureInfo.CurrentCulture, $"<li>and {upload.MoreFaults:N0} more</li>");
        }

        return page.Append("</ul><p><a href=\"").Append(encode.Encode(workspace.Url("jobs/new"))).Append("\">Back to New job</a></p></main></body></html>").ToString();
    }

    /// <summary>303: the browser goes on with a GET, and a reload sends nothing twice.</summary>
    private sealed class SeeOther(string location) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = location;
            return Task.CompletedTask;
        }
    }
}
