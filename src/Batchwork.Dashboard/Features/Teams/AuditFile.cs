using System.Globalization;
using System.Text;
using Batchwork.Engine.Auditing;
using Microsoft.Net.Http.Headers;

namespace Batchwork.Dashboard.Features.Teams;

/// <summary>Sends the audit log as a file for spreadsheets, while it is read.</summary>
internal sealed class AuditFile(IAsyncEnumerable<AuditItem> items, string name) : IResult
{
    private const int Flush = 64 * 1024;

    private static readonly string[] s_columns = ["When (UTC)", "Workspace", "Who", "Action", "Subject", "Before", "After", "Address", "Device"];

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(name);
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.CacheControl = "private, no-store";
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";

        // The mark tells spreadsheets that names are UTF-8.
        var text = new StringBuilder("\uFEFF").AppendJoin(',', s_columns).Append("\r\n");
        await foreach (var item in items.WithCancellation(httpContext.RequestAborted))
        {
            Append(text, item);
            if (text.Length > Flush)
            {
                await response.WriteAsync(text.ToString(), httpContext.RequestAborted);
                text.Clear();
            }
        }

        await response.WriteAsync(text.ToString(), httpContext.RequestAborted);
    }

    private static void Append(StringBuilder text, AuditItem item)
    {
        text.Append(item.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        foreach (var cell in new[] { item.Workspace, item.By, item.Action, item.Subject, item.Before, item.After, item.Address, item.Device })
        {
            text.Append(',').Append(Cell(cell ?? string.Empty));
        }

        text.Append("\r\n");
    }

    /// <summary>Quoted always, and never a formula: a name that begins with one of these would be run by a spreadsheet.</summary>
    internal static string Cell(string text)
    {
        var isFormula = text.TrimStart() is ['=' or '+' or '-' or '@' or '|', ..] || text is ['\t' or '\r' or '\n', ..];
        return $"\"{(isFormula ? "'" : null)}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
