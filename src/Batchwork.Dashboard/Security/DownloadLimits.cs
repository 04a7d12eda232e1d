using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Batchwork.Dashboard.Security;

/// <summary>
/// Bounds how many files that are made while they are sent one person downloads at the same time. Each reads the database and the disk for as long as it
/// lasts, which may be hours on a slow line.
/// </summary>
internal sealed class DownloadLimits(IOptions<SecurityOptions> security) : IRateLimiterPolicy<string>
{
    public const string Policy = "downloads";

    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected => RefuseAsync;

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) => RateLimitPartition.GetConcurrencyLimiter(
        httpContext.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? string.Empty,
        _ => new ConcurrencyLimiterOptions { PermitLimit = security.Value.DownloadsPerPerson, QueueLimit = 0 });

    private async ValueTask RefuseAsync(OnRejectedContext context, CancellationToken cancellationToken)
    {
        var most = security.Value.DownloadsPerPerson;
        context.HttpContext.Response.Headers.RetryAfter = "60";
        await TypedResults.Problem(
            string.Create(CultureInfo.InvariantCulture, $"{most} of your downloads {(most == 1 ? "is" : "are")} still running. Wait until one has ended, or stop one, and try again."),
            statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(context.HttpContext);
    }
}
