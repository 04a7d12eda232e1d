namespace Batchwork.Engine.Persistence;

/// <summary>This installation: one row.</summary>
public sealed class Installation
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;

    /// <summary>Eight characters that stand in every tag, so that our batches can be told from others of the same account.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Random, and never shown: makes fingerprints of keys meaningless elsewhere.</summary>
    public required string Salt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
