using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Components;

namespace Batchwork.Dashboard.Features.Jobs;

/// <summary>Everyone's jobs, the newest first. What is searched and filtered stands in the address, so that it can be sent to others and survives a reload.</summary>
public sealed partial class JobsPage
{
    private const int PageSize = 25;

    private readonly HashSet<Guid> _chosen = [];
    private IReadOnlyDictionary<JobState, int> _counts = new Dictionary<JobState, int>();
    private Window<JobSummary>? _jobs;
    private LiveWatcher? _watcher;

    [SupplyParameterFromQuery(Name = "q")]
    private string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "status")]
    private string? Status { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private int? Page { get; set; }

    [Inject]
    private JobQueries Queries { get; set; } = default!;

    [Inject]
    private JobDeletion Deletion { get; set; } = default!;

    [Inject]
    private ILiveUpdates Updates { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private JobGroup Group => JobGroup.Of(Status);

    private int PageNumber => Math.Max(Page ?? 1, 1);

    private bool CanDelete => Workspace.Actor.Role >= Role.Creator;

    /// <summary>What is chosen and on this page: nobody deletes what they do not see.</summary>
    private List<JobSummary> ChosenJobs => _jobs?.Items.Where(j => _chosen.Contains(j.Id) && j.State.HasEnded()).ToList() ?? [];

    public ValueTask DisposeAsync() => _watcher?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override async Task OnParametersSetAsync()
    {
        _watcher ??= LiveWatcher.Start(Updates, Workspace.Id, jobId: null, InvokeAsync, ReadAsync, DispatchExceptionAsync);
        await ReadAsync(_watcher.Stopping);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var filter = new JobFilter { Search = Search, States = Group.States, Offset = (PageNumber - 1) * PageSize, Count = PageSize };
        var counts = await Queries.CountAsync(Workspace.Actor, cancellationToken);
        var jobs = await Queries.ListAsync(Workspace.Actor, filter, cancellationToken);
        if (jobs.Items.Count == 0 && jobs.Total > 0)
        {
            // The last job of the last page is gone, or the address was made up.
            Navigation.NavigateTo(Address(Group, Search, 1), replace: true);
            return;
        }

        (_counts, _jobs) = (counts, jobs);
        StateHasChanged();
    }

    private void SearchFor(string? text) => Navigation.NavigateTo(Address(Group, text, 1), replace: true);

    private async Task DeleteAsync(IReadOnlyCollection<JobSummary> jobs)
    {
        if (await Deletion.DeleteAsync(Workspace, jobs))
        {
            _chosen.Clear();
            await ReadAsync(_watcher!.Stopping);
        }
    }

    private string Address(JobGroup group, string? search, int page) => Navigation.GetUriWithQueryParameters(
        Workspace.Url("jobs"),
        new Dictionary<string, object?>
        {
            ["status"] = group == JobGroup.All ? null : group.Key,
            ["q"] = search,
            ["page"] = page == 1 ? null : page,
        });
}
