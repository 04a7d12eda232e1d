using System.Globalization;

namespace Batchwork.Engine.Workspaces;

/// <summary>A connection over which nothing is sent at the moment: one that is paused, or whose provider has not answered for long.</summary>
/// <param name="Id">The connection.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="WaitingJobs">Jobs that wait for it.</param>
public sealed record PausedConnection(Guid Id, string Label, string Reason, int WaitingJobs)
{
    /// <summary>Why, and what waits for it, for people: "Your OpenAI key no longer works. … 3 jobs are waiting."</summary>
    public string Text => WaitingJobs == 0 ? Reason : string.Create(CultureInfo.CurrentCulture, $"{Reason} {WaitingJobs:N0} {(WaitingJobs == 1 ? "job is" : "jobs are")} waiting.");
}
