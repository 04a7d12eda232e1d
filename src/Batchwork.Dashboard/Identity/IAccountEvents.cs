namespace Batchwork.Dashboard.Identity;

/// <summary>Where everything that happens to an account is noted: the one seam to the audit log.</summary>
internal interface IAccountEvents
{
    /// <summary>Notes something.</summary>
    /// <param name="what">What, one of <see cref="AccountEvents"/>.</param>
    /// <param name="accountId">With whose account.</param>
    /// <param name="accountName">Their name.</param>
    /// <param name="by">Who did it; <see langword="null"/> when nobody is signed in.</param>
    /// <param name="cancellationToken">Cancels before it is noted.</param>
    /// <param name="after">How it is now, where that says more than <paramref name="what"/>.</param>
    Task WriteAsync(string what, string accountId, string accountName, string? by, CancellationToken cancellationToken, string? after = null);
}
