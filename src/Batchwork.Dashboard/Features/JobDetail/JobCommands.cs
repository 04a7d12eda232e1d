using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Submission;
using MudBlazor;

namespace Batchwork.Dashboard.Features.JobDetail;

/// <summary>What the buttons of a job's page do: ask where it costs or cannot be taken back, do it, say what came of it.</summary>
public sealed class JobCommands(
    JobService jobs,
    SubmissionService submissions,
    JobDeletion deletion,
    PartCommands parts,
    ProblemCommands problems,
    SentAgain again,
    IDialogService dialogs,
    ISnackbar snackbar)
{
    /// <summary>Those of a single part.</summary>
    public PartCommands Parts => parts;

    /// <summary>Those against problems.</summary>
    public ProblemCommands Problems => problems;

    /// <summary>Cancels what is not done yet.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="job">The job.</param>
    public async Task CancelAsync(WorkspaceContext workspace, JobView job)
    {
        if (await CommandQuestions.Cancel(job).AskAsync(dialogs)
            && !await jobs.CancelAsync(workspace.Actor, job.Summary.Id, CancellationToken.None))
        {
            snackbar.Add("Too late to cancel: it had ended.", Severity.Normal);
        }
    }

    /// <summary>Sends the rows again for which that may help.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="job">The job.</param>
    public async Task RetryAsync(WorkspaceContext workspace, JobView job)
    {
        if (await CommandQuestions.Retry(job, job.Retry, "Retry failed rows?").AskAsync(dialogs))
        {
            await again.SendAsync(() => jobs.RetryFailedAsync(workspace.Actor, job.Summary.Id, CancellationToken.None));
        }
    }

    /// <summary>Gives the job another name.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="job">The job.</param>
    public async Task RenameAsync(WorkspaceContext workspace, JobView job)
    {
        var dialog = await dialogs.ShowAsync<RenameDialog>("Rename", new DialogParameters<RenameDialog> { { d => d.Name, job.Summary.Name } });
        if (await dialog.Result is { Canceled: false, Data: string name })
        {
            await jobs.RenameAsync(workspace.Actor, job.Summary.Id, name, CancellationToken.None);
        }
    }

    /// <summary>Deletes the job.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="job">The job.</param>
    /// <returns>Whether it was deleted.</returns>
    public Task<bool> DeleteAsync(WorkspaceContext workspace, JobView job) => deletion.DeleteAsync(workspace, [job.Summary]);

    /// <summary>Does what a person decided about a held part.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="job">The job.</param>
    /// <param name="part">The part.</param>
    /// <param name="decision">The decision.</param>
    public async Task DecideAsync(WorkspaceContext workspace, JobView job, PartSummary part, HoldDecision decision)
    {
        if (CommandQuestions.Decide(job, part, decision) is { } question && !await question.AskAsync(dialogs))
        {
            return;
        }

        var done = decision switch
        {
            HoldDecision.CheckAgain => await submissions.CheckAgainAsync(workspace.Actor, part.Id, CancellationToken.None),
            HoldDecision.SubmitAgain => await submissions.SubmitAgainAsync(workspace.Actor, part.Id, CancellationToken.None),
            HoldDecision.MarkAsNotSent => await submissions.MarkAsNotSentAsync(workspace.Actor, part.Id, CancellationToken.None),
            _ => throw new ArgumentOutOfRangeException(nameof(decision), decision, null),
        };
        if (!done)
        {
            snackbar.Add($"Part {part.Number} is not held any more: somebody decided already.", Severity.Normal);
        }
    }
}
