using Batchwork.Engine.Jobs;
using MudBlazor;

namespace Batchwork.Dashboard.Shared;

/// <summary>Deletes ended jobs: asks, does it, and offers to take it back.</summary>
public sealed class JobDeletion(JobService jobs, IDialogService dialogs, ISnackbar snackbar)
{
    /// <summary>Deletes jobs.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="chosen">The jobs; those that still run are left alone.</param>
    /// <returns>Whether the person agreed.</returns>
    public async Task<bool> DeleteAsync(WorkspaceContext workspace, IReadOnlyCollection<JobSummary> chosen)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var ended = chosen.Where(j => j.State.HasEnded()).ToList();
        if (ended.Count == 0 || !await QuestionFor(ended).AskAsync(dialogs))
        {
            return false;
        }

        var deleted = new List<Guid>();
        foreach (var job in ended)
        {
            if (await jobs.DeleteAsync(workspace.Actor, job.Id, CancellationToken.None))
            {
                deleted.Add(job.Id);
            }
        }

        snackbar.ShowUndo(
            deleted.Count == 1 ? $"Deleted “{ended[0].Name}”" : $"Deleted {Figures.Count(deleted.Count, "job")}",
            async () =>
            {
                foreach (var job in deleted)
                {
                    await jobs.RestoreAsync(workspace.Actor, job, CancellationToken.None);
                }
            });
        return true;
    }

    private static Confirmation QuestionFor(List<JobSummary> jobs)
    {
        var pictures = Figures.Count(jobs.Sum(j => j.Ledger.StoredImages), "picture");
        var them = jobs.Count == 1 ? $"“{jobs[0].Name}”" : Figures.Count(jobs.Count, "job");
        return new Confirmation(
            $"Delete {them}?",
            [
                $"{pictures} and all rows are removed from this server for everyone in the workspace. What the provider charged stays charged.",
                "Undo is offered for ten seconds. A day later the pictures are gone for good.",
            ],
            $"Delete {Figures.Count(jobs.Count, "job")}",
            jobs.Count == 1 ? "Keep it" : "Keep them");
    }
}
