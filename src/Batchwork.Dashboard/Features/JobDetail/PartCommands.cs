using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Jobs;
using MudBlazor;

namespace Batchwork.Dashboard.Features.JobDetail;

/// <summary>What the buttons of a part do: ask where it costs or cannot be taken back, do it, say what came of it.</summary>
public sealed class PartCommands(PartService parts, JobService jobs, SentAgain again, IDialogService dialogs, ISnackbar snackbar)
{
    /// <summary>Does what was asked for.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="job">The job.</param>
    /// <param name="part">The part as the person saw it.</param>
    /// <param name="act">What to do.</param>
    public Task ActAsync(WorkspaceContext workspace, JobView job, PartDetail part, PartAct act) => act switch
    {
        PartAct.Poll => PollAsync(workspace, part.Summary),
        PartAct.CollectAgain => CollectAgainAsync(workspace, part.Summary),
        PartAct.Cancel => CancelAsync(workspace, job, part),
        PartAct.Resubmit => ResubmitAsync(workspace, job, part),
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, null),
    };

    /// <summary>Does now what is due for a part later.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="part">The part.</param>
    public async Task PollAsync(WorkspaceContext workspace, PartSummary part) => snackbar.Add(
        await parts.PollNowAsync(workspace.Actor, part.Id, CancellationToken.None)
            ? $"Part {Figures.Number(part.Number)} is next."
            : $"Part {Figures.Number(part.Number)} is in work, or is looked for at the provider on its schedule: hurrying does not help.",
        Severity.Normal);

    /// <summary>Stops a batch that was found beside a part's own.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="job">The job.</param>
    /// <param name="part">The part.</param>
    /// <param name="batchId">The batch that is not needed.</param>
    /// <returns>Why it could not be stopped; <see langword="null"/> when it was, or the person thought better of it.</returns>
    public async Task<string?> CancelDuplicateAsync(WorkspaceContext workspace, JobView job, PartSummary part, string batchId)
    {
        if (!await CommandQuestions.CancelDuplicate(job, part, batchId).AskAsync(dialogs))
        {
            return null;
        }

        try
        {
            await parts.CancelDuplicateAsync(workspace.Actor, part.Id, batchId, CancellationToken.None);
            return null;
        }
        catch (ProviderException e)
        {
            return $"{job.Summary.ProviderName} did not cancel it: {e.Message}";
        }
    }

    private async Task CollectAgainAsync(WorkspaceContext workspace, PartSummary part) => snackbar.Add(
        await parts.CollectAgainAsync(workspace.Actor, part.Id, CancellationToken.None)
            ? $"The results of part {Figures.Number(part.Number)} are read once more. Rows that have an answer keep it."
            : $"The results of part {Figures.Number(part.Number)} are not at the provider any more.",
        Severity.Normal);

    private async Task CancelAsync(WorkspaceContext workspace, JobView job, PartDetail part)
    {
        if (await CommandQuestions.CancelPart(job, part).AskAsync(dialogs)
            && !await parts.CancelAsync(workspace.Actor, part.Summary.Id, CancellationToken.None))
        {
            snackbar.Add("Too late to cancel: it had finished.", Severity.Normal);
        }
    }

    private async Task ResubmitAsync(WorkspaceContext workspace, JobView job, PartDetail part)
    {
        if (await CommandQuestions.Retry(job, part.Unfinished, $"Resubmit the unfinished rows of part {Figures.Number(part.Summary.Number)}?").AskAsync(dialogs))
        {
            await again.SendAsync(() => jobs.RetryAsync(workspace.Actor, job.Summary.Id, RetryScope.OfPart(part.Summary.Id), CancellationToken.None));
        }
    }
}
