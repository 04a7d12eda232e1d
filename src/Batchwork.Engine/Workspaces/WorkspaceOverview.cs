using Batchwork.Engine.Drafts;
using Batchwork.Engine.Jobs;

namespace Batchwork.Engine.Workspaces;

/// <summary>What a person wants to know first when they come back to a workspace.</summary>
public sealed record WorkspaceOverview
{
    /// <summary>The newest jobs that go on by themselves.</summary>
    public required Window<JobSummary> Running { get; init; }

    /// <summary>Connections over which nothing is sent until somebody mends them.</summary>
    public required IReadOnlyList<PausedConnection> Paused { get; init; }

    /// <summary>Jobs that cannot go on without a person, and jobs that ended lately with rows that are not stored.</summary>
    public required IReadOnlyList<JobSummary> NeedYou { get; init; }

    /// <summary>Jobs that wait unusually long for their provider.</summary>
    public required IReadOnlyList<StuckJob> Stuck { get; init; }

    /// <summary>Results that will soon be deleted at the provider, the earliest first.</summary>
    public required IReadOnlyList<ExpiringResults> Expiring { get; init; }

    /// <summary>Whether nothing that costs money is sent, because this may be a restored backup or a copy.</summary>
    public required bool IsInSafeMode { get; init; }

    /// <summary>The pictures that were stored last, the latest first.</summary>
    public required IReadOnlyList<RecentPicture> Pictures { get; init; }

    /// <summary>The drafts that were saved last.</summary>
    public required IReadOnlyList<DraftSummary> Drafts { get; init; }

    /// <summary>Whether nothing was made here yet.</summary>
    public required bool IsNew { get; init; }
}
