using System.Globalization;
using System.Text;
using Batchwork.Dashboard.Security;
using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Costs;
using Batchwork.Engine.Workspaces;

namespace Batchwork.Dashboard.Features.Costs;

/// <summary>The page of costs and budgets, and a month as CSV.</summary>
internal static class CostsFeature
{
    public static void MapCosts(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapWorkspaceGroup().MapGet("costs.csv", ExportAsync).RequireRateLimiting(DownloadLimits.Policy);

    private static async Task<IResult> ExportAsync(string? month, string? lines, Actor actor, CostExport export, AuditLog log, TimeProvider time, HttpContext http)
    {
        var chosen = month is null ? BillingMonth.Of(time.GetUtcNow()) : BillingMonth.Parse(month);
        if (chosen is not { } of || lines is not (null or "jobs" or "rows"))
        {
            return TypedResults.Problem("Ask for a month such as 2026-11, and for lines=jobs or lines=rows.", statusCode: StatusCodes.Status400BadRequest);
        }

        actor.Require(Role.Reviewer);
        var (name, text) = lines == "rows"
            ? ("rows", export.RowsAsync(actor, of, http.RequestAborted))
            : ("jobs", export.JobsAsync(actor, of, http.RequestAborted));
        await log.WriteAsync(actor, AuditActions.CostsExported, $"{of}, {name}", subjectId: null, http.RequestAborted);
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"costs-{of}-{name}.csv\"");
        http.Response.Headers.CacheControl = "no-store";
        await using var writer = new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        await foreach (var piece in text.WithCancellation(http.RequestAborted))
        {
            await writer.WriteAsync(piece.AsMemory(), http.RequestAborted);
        }

        return TypedResults.Empty;
    }
}
