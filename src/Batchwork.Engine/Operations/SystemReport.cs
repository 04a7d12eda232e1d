using Batchwork.Engine.Scheduling;

namespace Batchwork.Engine.Operations;

/// <summary>How the installation is, for those who run it. Without names of jobs, prompts or keys.</summary>
public sealed record SystemReport
{
    /// <summary>When it was looked at.</summary>
    public required DateTimeOffset At { get; init; }

    public required string InstanceId { get; init; }

    public required DateTimeOffset InstalledAt { get; init; }

    /// <summary>When this process started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Which start it is.</summary>
    public required long Epoch { get; init; }

    public required IReadOnlyList<WorkerBeat> Workers { get; init; }

    public required IReadOnlyList<LaneLoad> Lanes { get; init; }

    public required QueueDepth Queue { get; init; }

    /// <summary>What is worked on at this moment.</summary>
    public required IReadOnlyList<LeaseItem> Leases { get; init; }

    public required IReadOnlyList<ProviderReach> Providers { get; init; }

    public required StorageFacts Storage { get; init; }

    /// <summary>Bytes of memory the process holds.</summary>
    public required long MemoryBytes { get; init; }
}
