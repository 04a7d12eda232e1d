using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Costs;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Onboarding;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Batchwork.Dashboard.Features.Home;

/// <summary>Where a person comes back to: what runs, what needs them, what came last, what they had begun.</summary>
public sealed partial class HomePage : IAsyncDisposable
{
    private LiveWatcher? _watcher;
    private WorkspaceOverview? _overview;
    private Checklist? _checklist;
    private BudgetState? _budget;
    private bool _isBusy;

    [CascadingParameter]
    public required BrowserClock Clock { get; set; }

    [Inject]
    private OverviewQueries Queries { get; set; } = default!;

    [Inject]
    private ChecklistService Steps { get; set; } = default!;

    [Inject]
    private DemoDataService Demo { get; set; } = default!;

    [Inject]
    private CostQueries Costs { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

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
        _checklist = await Steps.ReadAsync(Workspace.Actor, cancellationToken);
        var budgets = await Costs.BudgetsAsync(Workspace.Actor, cancellationToken);
        _budget = budgets.Where(b => b.LimitMicroUsd is not null).MaxBy(b => (b.Percent, b.ConnectionId is null));
        StateHasChanged();
    }

    private Task TryDemoAsync() => BusyAsync(async () =>
    {
        var draftId = await Drafts.CreateDemoAsync(Workspace.Actor, _watcher!.Stopping);
        Navigation.NavigateTo(Workspace.Url($"drafts/{draftId}"));
    });

    private Task DismissAsync() => BusyAsync(async () =>
    {
        await Steps.DismissAsync(Workspace.Actor, _watcher!.Stopping);
        await ReadAsync(_watcher.Stopping);
    });

    private Task DeleteDemoAsync() => BusyAsync(async () =>
    {
        if (await DemoWords.Ask(await Demo.PreviewAsync(Workspace.Actor, _watcher!.Stopping)).AskAsync(Dialogs))
        {
            Snackbar.Add(DemoWords.Done(await Demo.DeleteAsync(Workspace.Actor, CancellationToken.None)), Severity.Normal);
            await ReadAsync(_watcher.Stopping);
        }
    });

    /// <summary>One thing at a time: a double click does nothing twice.</summary>
    private async Task BusyAsync(Func<Task> work)
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        try
        {
            await work();
        }
        finally
        {
            _isBusy = false;
        }
    }
}
