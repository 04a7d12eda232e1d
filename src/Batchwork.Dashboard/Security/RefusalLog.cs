using System.Security.Claims;
using Batchwork.Dashboard.Identity;
using Batchwork.Dashboard.Shared;
using Microsoft.AspNetCore.Diagnostics;

namespace Batchwork.Dashboard.Security;

/// <summary>
/// Notes each request that was refused for more than not being signed in: a right that is missing, a workspace of others, a form that is not ours, too
/// many tries. One line with who, what and from where; never a link's secret, which stands in the query or the path.
/// </summary>
internal sealed partial class RefusalLog(RequestDelegate next, ILogger<RefusalLog> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        // The page that explains a refusal comes through here as well.
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is null && Reason(context) is { } reason)
        {
            LogRefused(context.Response.StatusCode, reason, context.Request.Method, Address(context), context.User.FindFirstValue(ClaimTypes.NameIdentifier), context.Origin().Address);
        }
    }

    private static string Address(HttpContext context) =>
        context.Request.RouteValues.ContainsKey("token") && context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } pattern } ? pattern : context.Request.Path;

    private static string? Reason(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status403Forbidden => "not allowed",
        StatusCodes.Status429TooManyRequests => "too often",
        StatusCodes.Status400BadRequest when !HttpMethods.IsGet(context.Request.Method) => "not a form of ours",
        StatusCodes.Status404NotFound when IsForeign(context) => "no workspace of theirs",
        _ => null,
    };

    private static bool IsForeign(HttpContext context) =>
        context.User.Identity?.IsAuthenticated is true && context.Request.RouteValues.ContainsKey("slug") && context.Features.Get<WorkspaceContext>() is null;

    [LoggerMessage(6302, LogLevel.Warning, "Refused with {Status}, {Reason}: {Method} {Path} by {UserId} from {Address}")]
    private partial void LogRefused(int status, string reason, string method, string path, string? userId, string? address);
}
