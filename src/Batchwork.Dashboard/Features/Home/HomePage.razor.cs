using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Components;

namespace Batchwork.Dashboard.Features.Home;

/// <summary>Where a person comes back to: what runs, what needs them, what came last, what they had begun.</summary>
public sealed partial class HomePage : IAsyncDisposable
{
    private LiveWatcher? _watcher;
    private WorkspaceOverview? _overview;
    private bool _isBusy;

    [CascadingParameter]
    public required BrowserClock Clock { get; set; }

    [Inject]
    private OverviewQueries Queries { get; set; } = default!;

    [Inject]
    private DraftService Drafts { get; set; } = default!;

    [Inject]
    private ILiveUpdates Updates { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    private bool MayMake => Workspace.Actor.Role >= Role.Creator;

    private string Greeting => $"{Clock.Greeting(Time.GetUtcNow())}, {Workspace.Actor.Name.Split(' ')[0]}";

    public ValueTask DisposeAsync() => _watcher?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override async Task OnInitializedAsync()
    {
        _watcher = LiveWatcher.Start(Updates, Workspace.Id, jobId: null, InvokeAsync, ReadAsync, DispatchExceptionAsync);
        await ReadAsync(_watcher.Stopping);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        _overview = await Queries.ReadAsync(Workspace.Actor, cancellationToken);
        StateHasChanged();
    }

    private async Task TryDemoAsync()
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        try
        {
            var draftId = await Drafts.CreateDemoAsync(Workspace.Actor, _watcher!.Stopping);
            Navigation.NavigateTo(Workspace.Url($"drafts/{draftId}"));
        }
        finally
        {
            _isBusy = false;
        }
    }
}
