namespace Batchwork.Dashboard.Identity.SecondFactor;

/// <summary>A code that stands in for a lost authenticator app, once. Only its hash is kept.</summary>
public sealed class RecoveryCode
{
    public required string UserId { get; init; }

    /// <summary>SHA-256, in hexadecimal.</summary>
    public required string Hash { get; init; }
}
