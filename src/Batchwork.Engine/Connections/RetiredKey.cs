namespace Batchwork.Engine.Connections;

/// <summary>A key that was replaced while batches still needed it: what was made with it can only be read with it when the new key is another account's.</summary>
public sealed class RetiredKey
{
    public required Guid Id { get; init; }

    public required Guid WorkspaceId { get; init; }

    public required Guid ConnectionId { get; init; }

    /// <summary>Tells which batches were made with it; see <see cref="Connection.KeyFingerprint"/>.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The key, still sealed as it was: for this workspace and connection.</summary>
    public required string SealedKey { get; init; }

    /// <summary>Its last four characters.</summary>
    public string? Ending { get; init; }

    /// <summary>The address it was used with; <see langword="null"/> for the provider's public one.</summary>
    public string? BaseUrl { get; init; }

    public required DateTimeOffset RetiredAt { get; init; }

    /// <summary>When the provider refused it. From then on its batches are asked for with the new key, which may be the same account's.</summary>
    public DateTimeOffset? RejectedAt { get; set; }
}
