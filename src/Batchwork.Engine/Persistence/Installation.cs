using Batchwork.Engine.Restoring;

namespace Batchwork.Engine.Persistence;

/// <summary>This installation: one row.</summary>
public sealed class Installation
{
    public const int OnlyId = 1;

    /// <summary>Makes an instance's id: the last characters of a ULID, which are its random part.</summary>
    internal static string NewId(DateTimeOffset now) => Ulid.NewUlid(now).ToString()[^8..].ToLowerInvariant();

    public int Id { get; init; } = OnlyId;

    /// <summary>Eight characters that stand in every tag, so that our batches can be told from others of the same account.</summary>
    public required string InstanceId { get; set; }

    /// <summary>Random, and never shown: makes fingerprints of keys meaningless elsewhere.</summary>
    public required string Salt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Counts starts. The same number stands in the data folder beside the database: when they differ, one of the two was restored.</summary>
    public long Epoch { get; set; }

    /// <summary>Since when nothing that costs money is sent, because this may be a restored backup or a copy.</summary>
    public DateTimeOffset? SafeModeSince { get; set; }

    /// <summary>What gave rise to it, for people.</summary>
    public string? SafeModeReason { get; set; }

    /// <summary>Batches at providers that carry this instance's tag and are not known here.</summary>
    public IReadOnlyList<UnknownBatch> UnknownBatches { get; set; } = [];
}
