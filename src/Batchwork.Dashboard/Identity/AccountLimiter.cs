using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;

namespace Batchwork.Dashboard.Identity;

/// <summary>
/// Slows down guessing at one account from many addresses. Unknown accounts are counted as well, so that the limit tells nobody which exist.
/// </summary>
internal sealed class AccountLimiter : IDisposable
{
    public const int TriesPerMinute = 15;

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(account =>
        RateLimitPartition.GetFixedWindowLimiter(KeyOf(account), _ => new FixedWindowRateLimiterOptions { PermitLimit = TriesPerMinute, Window = TimeSpan.FromMinutes(1) }));

    /// <summary>Counts a try.</summary>
    /// <param name="account">The address that was typed.</param>
    /// <returns><see langword="false"/> when there were too many.</returns>
    public bool Try(string account)
    {
        using var lease = _limiter.AttemptAcquire(account);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();

    // What strangers type may be long; a hash of it is not.
    private static string KeyOf(string account) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(account.Trim().ToUpperInvariant())));
}
