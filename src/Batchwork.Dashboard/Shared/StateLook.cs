using Batchwork.Engine.Jobs;
using MudBlazor;

namespace Batchwork.Dashboard.Shared;

/// <summary>How a state is shown: always a word and an icon, never colour alone.</summary>
/// <param name="Word">The state's word, the same on every screen.</param>
/// <param name="Icon">An SVG path.</param>
/// <param name="Tone">Which of the state colours: <c>stored</c>, <c>running</c>, <c>waiting</c>, <c>refused</c>, <c>failed</c>, <c>expired</c>, <c>missing</c>, <c>partial</c>, <c>cancelled</c> (the classes <c>bw-…</c> of tokens.css).</param>
public sealed record StateLook(string Word, string Icon, string Tone)
{
    public static StateLook Of(JobState state) => state switch
    {
        JobState.Submitting => new("Submitting", Icons.Material.Outlined.Upload, "running"),
        JobState.WaitingAtProvider => new("Waiting at provider", Icons.Material.Outlined.HourglassEmpty, "waiting"),
        JobState.Running => new("Running", Icons.Material.Outlined.PlayCircle, "running"),
        JobState.Collecting => new("Collecting", Icons.Material.Outlined.Downloading, "running"),
        JobState.Done => new("Done", Icons.Material.Outlined.CheckCircle, "stored"),
        JobState.DoneWithProblems => new("Done with problems", Icons.Material.Outlined.ReportProblem, "refused"),
        JobState.NeedsYou => new("Needs you", Icons.Material.Outlined.NotificationImportant, "failed"),
        JobState.Cancelling => new("Cancelling", Icons.Material.Outlined.DoNotDisturbOn, "cancelled"),
        JobState.Cancelled => new("Cancelled", Icons.Material.Outlined.Cancel, "cancelled"),
        JobState.Expired => new("Expired", Icons.Material.Outlined.TimerOff, "expired"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static StateLook Of(PartState state) => state switch
    {
        PartState.Ready => new("Waiting to be sent", Icons.Material.Outlined.HourglassEmpty, "waiting"),
        PartState.Submitting => new("Submitting", Icons.Material.Outlined.Upload, "running"),
        PartState.AtProvider => new("At provider", Icons.Material.Outlined.PlayCircle, "running"),
        PartState.Collecting => new("Collecting", Icons.Material.Outlined.Downloading, "running"),
        PartState.Closed => new("Done", Icons.Material.Outlined.CheckCircle, "stored"),
        PartState.Held => new("Needs you", Icons.Material.Outlined.NotificationImportant, "failed"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static StateLook Of(RowState state) => state switch
    {
        RowState.Waiting => new("Waiting", Icons.Material.Outlined.HourglassEmpty, "waiting"),
        RowState.Stored => new("Stored", Icons.Material.Outlined.CheckCircle, "stored"),
        RowState.Partial => new("Partial", Icons.Material.Outlined.IncompleteCircle, "partial"),
        RowState.Refused => new("Refused", Icons.Material.Outlined.Block, "refused"),
        RowState.Failed => new("Failed", Icons.Material.Outlined.ErrorOutline, "failed"),
        RowState.Expired => new("Expired", Icons.Material.Outlined.TimerOff, "expired"),
        RowState.Cancelled => new("Cancelled", Icons.Material.Outlined.Cancel, "cancelled"),
        RowState.Missing => new("Missing", Icons.Material.Outlined.HelpOutline, "missing"),
        RowState.Skipped => new("Skipped", Icons.Material.Outlined.SkipNext, "cancelled"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}
