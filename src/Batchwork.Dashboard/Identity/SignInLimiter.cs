using System.Globalization;
using System.Threading.RateLimiting;

namespace Batchwork.Dashboard.Identity;

/// <summary>Slows down guessing: so many tries an address may make in a minute. Looking at the form is free.</summary>
internal static class SignInLimiter
{
    public const string Policy = "sign-in";

    public const int TriesPerMinute = 20;

    public static IServiceCollection AddSignInLimiter(this IServiceCollection services) =>
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = (context, _) =>
            {
                context.HttpContext.Response.Headers.RetryAfter = "60";
                return ValueTask.CompletedTask;
            };
            options.AddPolicy(Policy, context => HttpMethods.IsPost(context.Request.Method) ? Limited(context) : RateLimitPartition.GetNoLimiter("looking"));
        });

    private static RateLimitPartition<string> Limited(HttpContext context) =>
        RateLimitPartition.GetFixedWindowLimiter(Visitor(context), _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = TriesPerMinute,
            Window = TimeSpan.FromMinutes(1),
        });

    // Whoever has an IPv6 address has at least 2^64 of them: the network part stands for the visitor.
    internal static string Visitor(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is null)
        {
            return "unknown";
        }

        return address.IsIPv4MappedToIPv6 || address.GetAddressBytes() is not { Length: 16 } bytes
            ? address.MapToIPv4().ToString()
            : string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexString(bytes.AsSpan(0, 8))}::/64");
    }
}
