using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Submission;

namespace Batchwork.Dashboard.Features.JobDetail;

/// <summary>What is said of a part and of its submissions.</summary>
internal static class PartWords
{
    /// <summary>The provider's own word, for a tooltip.</summary>
    public static string? Raw(PartSummary part, string provider) => part.RawStatus is { } raw ? $"{provider} says “{raw}”" : null;

    /// <summary>What the provider counts. Its numbers are its own; ours are those of the rows.</summary>
    public static string? Counts(PartSummary part) => part.ProviderTotal == 0
        ? null
        : $"{Figures.Number(part.ProviderCompleted)} of {Figures.Number(part.ProviderTotal)} done"
            + (part.ProviderFailed > 0 ? $", {Figures.Number(part.ProviderFailed)} failed" : "");

    /// <summary>The button for what is due later, by what that is.</summary>
    public static string Poll(PartSummary part) => part.State switch
    {
        PartState.AtProvider => "Poll now",
        PartState.Collecting => "Collect now",
        _ => "Try now",
    };

    /// <summary>Where a submission is.</summary>
    public static string Of(AttemptState state) => state switch
    {
        AttemptState.Prepared => "Prepared",
        AttemptState.Uploading => "Uploading",
        AttemptState.Uploaded => "Uploaded, not paid for",
        AttemptState.Creating => "Being created",
        AttemptState.Submitted => "Accepted",
        AttemptState.Ambiguous => "In doubt",
        AttemptState.Rejected => "Not accepted, not charged",
        AttemptState.Superseded => "Given up by a person",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}
