namespace Batchwork.Dashboard.Identity;

/// <summary>A link with which a person chooses a new password, once. Only the hash of its token is kept.</summary>
public sealed class ResetLink
{
    /// <summary>SHA-256 of the token, in hexadecimal.</summary>
    public required string Hash { get; init; }

    public required string UserId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
