using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Collection;
using Batchwork.Engine.Jobs;

namespace Batchwork.Dashboard.Features.JobDetail;

/// <summary>What happened, what it means for rows and money, what to do.</summary>
/// <param name="What">What happened.</param>
/// <param name="Means">What it means.</param>
/// <param name="Do">What helps.</param>
internal sealed record ProblemWords(string What, string Means, string Do)
{
    private const string RetryHelps = "Retrying sends the same rows again, and what is made then is charged.";
    private const string ChangeHelps = "Change the prompts and run these rows as a job of their own.";

    /// <summary>Puts a cause into words.</summary>
    /// <param name="cause">The cause.</param>
    /// <param name="provider">The provider's name.</param>
    /// <returns>The words.</returns>
    public static ProblemWords Of(ProblemCause cause, string provider) => cause switch
    {
        { State: RowState.Refused } => new(
            $"{provider} refused these prompts", "Its safety system or policy said no, and the same prompt is rarely accepted the second time.", ChangeHelps),
        { State: RowState.Partial } => new(
            "Fewer pictures came than were asked for", "Those that came are stored.", "For the missing ones the whole row has to run again in a new job, and all its pictures are charged."),
        { State: RowState.Expired } => new(
            $"{provider} did not get to these rows in time", "The batch's time ran out before they were made. Usually only what was made is charged.", RetryHelps),
        { State: RowState.Missing } => new(
            $"{provider} answered nothing for these rows", "They were sent, but the results do not mention them.", RetryHelps),
        { Outcome: ResultOutcome.Invalid } => new(
            $"{provider} does not take these rows as they are", "Sent again unchanged they would fail again.", "Change what the message names, and run these rows as a new job."),
        { Outcome: ResultOutcome.NoImage } => new(
            $"{provider} reported success without a picture", "There was nothing to store in the answer.", RetryHelps),
        { Outcome: ResultOutcome.Unreadable } => new(
            "The answer could not be read", "What came is kept, but no picture can be made of it.", RetryHelps),
        _ => new("These rows failed", "No picture came for them. It may well work the next time.", RetryHelps),
    };

    /// <summary>The button that helps against a cause.</summary>
    /// <param name="cause">The cause.</param>
    /// <returns>The verb with its number.</returns>
    public static string Action(ProblemCause cause) => cause.Action switch
    {
        ProblemAction.RunAgain => $"Retry {Figures.Count(cause.Rows, "row")}",
        ProblemAction.Keep => $"Run {Figures.Count(cause.Rows, "row")} as a new job",
        _ => $"Change {Figures.Count(cause.Rows, "row")}",
    };

    /// <summary>Puts results that belong to no row into words.</summary>
    /// <param name="group">The results.</param>
    /// <returns>The sentence.</returns>
    public static string Of(UnmatchedGroup group) => group.Kind switch
    {
        UnmatchedKind.UnknownId => $"{Figures.Count(group.Count, "result matches", "results match")} no request",
        UnmatchedKind.Damaged => $"{Figures.Count(group.Count, "picture is", "pictures are")} damaged, or no picture at all",
        UnmatchedKind.Extra => $"{Figures.Count(group.Count, "second answer")} for rows that had one",
        _ => $"{Figures.Count(group.Count, "line")} of the results could not be read",
    };
}
