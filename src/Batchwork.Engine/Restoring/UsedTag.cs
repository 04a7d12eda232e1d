namespace Batchwork.Engine.Restoring;

/// <summary>A tag that this database has given out. It outlives its job, so that a batch of a deleted job is not taken for a stranger's.</summary>
public sealed class UsedTag
{
    public required string Tag { get; init; }

    public required DateTimeOffset At { get; init; }
}
