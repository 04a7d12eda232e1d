using System.Security.Claims;
using System.Threading.RateLimiting;
using Batchwork.Dashboard.Identity;
using Microsoft.AspNetCore.RateLimiting;

namespace Batchwork.Dashboard.Security;

/// <summary>
/// Bounds how many live pages one person, and one address, keep open: each holds memory on the server for as long as it is open, and the framework has
/// no bound of its own.
/// </summary>
internal static class LivePageLimits
{
    public static void Apply(RateLimiterOptions limiter, SecurityOptions security) =>
        limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(context =>
                IsLivePage(context.Request) && context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } person
                    ? AtOnce($"person {person}", security.PagesPerPerson)
                    : RateLimitPartition.GetNoLimiter("no person")),
            PartitionedRateLimiter.Create<HttpContext, string>(context =>
                IsLivePage(context.Request)
                    ? AtOnce(SignInLimiter.Visitor(context), security.PagesPerAddress)
                    : RateLimitPartition.GetNoLimiter("no page")));

    /// <summary>A connection of the hub: a WebSocket, or the long answer that stands in for one. It counts until it ends.</summary>
    private static bool IsLivePage(HttpRequest request) =>
        request.Path.Equals(OriginRule.Hub, StringComparison.OrdinalIgnoreCase) && (HttpMethods.IsGet(request.Method) || HttpMethods.IsConnect(request.Method));

    private static RateLimitPartition<string> AtOnce(string who, int most) =>
        RateLimitPartition.GetConcurrencyLimiter(who, _ => new ConcurrencyLimiterOptions { PermitLimit = most, QueueLimit = 0 });
}
