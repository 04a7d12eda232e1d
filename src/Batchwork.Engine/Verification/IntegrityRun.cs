using System.Collections.Immutable;

namespace Batchwork.Engine.Verification;

/// <summary>A check of the data folder that runs or has run in this process.</summary>
public sealed record IntegrityRun
{
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Who started it.</summary>
    public required string StartedBy { get; init; }

    /// <summary>When it ended; <see langword="null"/> while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public IntegrityOutcome Outcome { get; init; }

    public required IntegrityProgress Progress { get; init; }

    /// <summary>What was found, as far as it is listed.</summary>
    public ImmutableArray<IntegrityFault> Faults { get; init; } = [];

    /// <summary>How much was found; one cause often has thousands of consequences.</summary>
    public int FaultCount { get; init; }

    /// <summary>Jobs and rows there were when it began.</summary>
    public int Jobs { get; init; }

    public int Rows { get; init; }
}
