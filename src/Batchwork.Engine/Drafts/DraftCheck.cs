using Batchwork.Engine.Jobs;

namespace Batchwork.Engine.Drafts;

/// <summary>What a check of all rows found and what the job would be.</summary>
public sealed record DraftCheck
{
    /// <summary>The draft's revision that was checked; a later one is not covered by it.</summary>
    public required int Revision { get; init; }

    /// <summary>Rows that can be sent without a word.</summary>
    public required int Ready { get; init; }

    /// <summary>Rows that can be sent but have a warning.</summary>
    public required int Warnings { get; init; }

    /// <summary>Rows that cannot be sent.</summary>
    public required int Errors { get; init; }

    /// <summary>Rows a person left out.</summary>
    public required int Skipped { get; init; }

    /// <summary>Rows that would be sent: ready and with warnings.</summary>
    public int Sendable => Ready + Warnings;

    /// <summary>What the sendable rows amount to.</summary>
    public required JobEstimate Estimate { get; init; }

    /// <summary>The problems, grouped, those with most rows first.</summary>
    public required IReadOnlyList<ProblemGroup> Groups { get; init; }
}
