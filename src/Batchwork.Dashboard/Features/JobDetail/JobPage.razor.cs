using Batchwork.Dashboard.Features.JobDetail.Pictures;
using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Costs;
using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Components;

namespace Batchwork.Dashboard.Features.JobDetail;

/// <summary>One job: how far it is, what came of it, and what to do about it. Reads again when something happens to the job.</summary>
public sealed partial class JobPage
{
    private JobView? _job;
    private PictureSource? _pictures;
    private LiveWatcher? _watcher;
    private Guid _watched;
    private bool _isGone;

    [Parameter]
    public Guid JobId { get; set; }

    [SupplyParameterFromQuery(Name = "tab")]
    private string? TabName { get; set; }

    [SupplyParameterFromQuery(Name = "state")]
    private string? StateName { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    private string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "image")]
    private Guid? Image { get; set; }

    [SupplyParameterFromQuery(Name = "part")]
    private int? Part { get; set; }

    [Inject]
    private JobQueries Queries { get; set; } = default!;

    [Inject]
    private PartQueries Parts { get; set; } = default!;

    [Inject]
    private CostQueries Costs { get; set; } = default!;

    [Inject]
    private GalleryQueries Galleries { get; set; } = default!;

    [Inject]
    private ImageQueries Images { get; set; } = default!;

    [Inject]
    private JobCommands Commands { get; set; } = default!;

    [Inject]
    private ILiveUpdates Updates { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private JobTab Tab => Enum.TryParse<JobTab>(TabName, ignoreCase: true, out var tab) && Enum.IsDefined(tab) ? tab : JobTab.Gallery;

    private RowState? RowState => Enum.TryParse<RowState>(StateName, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : null;

    private JobAddress Address => new(Workspace, JobId, Navigation);

    private IReadOnlyList<Crumb> Path => [new("Jobs", Workspace.Url("jobs"))];

    private bool MayDecide => Workspace.Actor.Role >= Role.Creator;

    public ValueTask DisposeAsync() => _watcher?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override async Task OnParametersSetAsync()
    {
        if (_watched == JobId)
        {
            // Another tab or filter of the same job: the live reads keep it right.
            return;
        }

        await DisposeAsync();
        (_watched, _job, _isGone) = (JobId, null, false);
        _watcher = LiveWatcher.Start(Updates, Workspace.Id, JobId, InvokeAsync, ReadAsync, DispatchExceptionAsync);
        await ReadAsync(_watcher.Stopping);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var job = await Queries.GetAsync(Workspace.Actor, JobId, cancellationToken);
        if (job is null && _job is null)
        {
            Navigation.NotFound();
            return;
        }

        if (_job is null)
        {
            _pictures = new PictureSource(Galleries, Workspace.Actor, JobId, showPlaces: !job!.Summary.State.HasEnded());
        }

        (_job, _isGone) = (job ?? _job, job is null);
        StateHasChanged();
    }

    private async Task DeleteAsync(JobView job)
    {
        if (await Commands.DeleteAsync(Workspace, job))
        {
            Navigation.NavigateTo(Workspace.Url("jobs"));
        }
    }

    /// <summary>The same rows again, or a draft of them to change, by what helps.</summary>
    private async Task RepairAsync(JobView job, ProblemCause cause)
    {
        if (cause.Action == ProblemAction.RunAgain)
        {
            await Commands.Problems.RetryAsync(Workspace, job, cause);
        }
        else if (await Commands.Problems.ChangeAsync(Workspace, job, cause) is { } draft)
        {
            Navigation.NavigateTo(draft);
        }
    }

    private Task<PartDetail?> ReadPartAsync(Guid partId, CancellationToken cancellationToken) =>
        Parts.GetAsync(Workspace.Actor, partId, cancellationToken);

    private Task<JobCosts?> ReadCostsAsync(CancellationToken cancellationToken) => Costs.JobAsync(Workspace.Actor, JobId, cancellationToken);

    private Task<ImageDetail?> FindPictureAsync(Guid imageId, CancellationToken cancellationToken) =>
        Images.GetAsync(Workspace.Actor, imageId, cancellationToken);

    private Task<Window<RowItem>> ReadRowsAsync(RowFilter filter, CancellationToken cancellationToken) =>
        Queries.RowsAsync(Workspace.Actor, JobId, filter, cancellationToken);

    private Task<JobProblems> ReadProblemsAsync(CancellationToken cancellationToken) =>
        Queries.ProblemsAsync(Workspace.Actor, JobId, cancellationToken);

    private Task<Window<ActivityItem>> ReadActivityAsync(int count, CancellationToken cancellationToken) =>
        Queries.ActivityAsync(Workspace.Actor, JobId, 0, count, cancellationToken);

    private static string TabTitle(JobView job) =>
        job.Summary.State.HasEnded() ? job.Summary.Name : $"({job.Summary.Ledger.Percent} %) {job.Summary.Name}";

    private static string? RawStatus(JobView job) =>
        job.Parts.LastOrDefault(p => p.State != PartState.Closed)?.RawStatus is { } raw ? $"{job.Summary.ProviderName} says “{raw}”" : job.Summary.Reason;

    private static string Facts(JobView job)
    {
        var defaults = job.Defaults;
        var quality = defaults.ProviderOptions?.GetValueOrDefault(job.Summary.Provider)?["quality"]?.ToString();
        string?[] facts =
        [
            job.Summary.ProviderName, job.Summary.Model, Figures.Count(job.Summary.Ledger.Requested, "row"), defaults.Size ?? defaults.AspectRatio, quality,
        ];
        return string.Join(" · ", facts.Where(f => !string.IsNullOrEmpty(f)));
    }

    private static string Spoken(JobView job)
    {
        var ledger = job.Summary.Ledger;
        var state = StateLook.Of(job.Summary.State).Word;
        return $"{state}. {Figures.Number(ledger.Stored)} of {Figures.Count(ledger.Requested, "row")} stored"
            + (ledger.Problems > 0 ? $", {Figures.Count(ledger.Problems, "problem")}." : ".");
    }

    private static string EndText(JobView job)
    {
        var ledger = job.Summary.Ledger;
        return $"{StateLook.Of(job.Summary.State).Word}: {Figures.Count(ledger.StoredImages, "picture")} stored"
            + (ledger.Problems > 0 ? $", {Figures.Count(ledger.Problems, "row")} with problems." : ".");
    }
}
