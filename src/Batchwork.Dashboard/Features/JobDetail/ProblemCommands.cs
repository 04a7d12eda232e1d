using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Jobs;
using MudBlazor;

namespace Batchwork.Dashboard.Features.JobDetail;

/// <summary>What helps against a job's problems: the same rows again, the rows changed in a job of their own, or pictures that are stored already.</summary>
public sealed class ProblemCommands(JobService jobs, PartQueries previews, DraftOfRows drafts, SentAgain again, IDialogService dialogs, ISnackbar snackbar)
{
    /// <summary>Sends the rows of a cause again.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="job">The job.</param>
    /// <param name="cause">The cause.</param>
    public async Task RetryAsync(WorkspaceContext workspace, JobView job, ProblemCause cause)
    {
        var scope = RetryScope.Of(cause);
        var preview = await previews.RetryPreviewAsync(workspace.Actor, job.Summary.Id, scope, CancellationToken.None);
        if (await CommandQuestions.Retry(job, preview, "Retry these rows?").AskAsync(dialogs))
        {
            await again.SendAsync(() => jobs.RetryAsync(workspace.Actor, job.Summary.Id, scope, CancellationToken.None));
        }
    }

    /// <summary>Makes a draft of the rows of a cause, to change them.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="job">The job.</param>
    /// <param name="cause">The cause.</param>
    /// <returns>The draft's address; <see langword="null"/> when the rows are gone.</returns>
    public async Task<string?> ChangeAsync(WorkspaceContext workspace, JobView job, ProblemCause cause)
    {
        var draft = await drafts.CreateAsync(workspace.Actor, job.Summary.Id, cause, CancellationToken.None);
        if (draft is null)
        {
            snackbar.Add("These rows are not there any more.", Severity.Normal);
        }

        return draft is { } id ? workspace.Url($"drafts/{id}") : null;
    }

    /// <summary>Gives rows the pictures that are stored already for the same requests.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="job">The job.</param>
    public async Task ReuseAsync(WorkspaceContext workspace, JobView job)
    {
        if (await CommandQuestions.Reuse(job).AskAsync(dialogs))
        {
            var rows = await jobs.ReuseStoredAsync(workspace.Actor, job.Summary.Id, CancellationToken.None);
            snackbar.Add($"{Figures.Count(rows, "row has its", "rows have their")} pictures. Nothing was charged.", Severity.Normal);
        }
    }
}
