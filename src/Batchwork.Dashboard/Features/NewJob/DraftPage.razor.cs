using System.Globalization;
using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Costs;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.LiveUpdates;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace Batchwork.Dashboard.Features.NewJob;

/// <summary>A draft: settings and check, then review. Every change is saved at once; the step stands in the address and in the draft.</summary>
public sealed partial class DraftPage
{
    private const int SettingsStep = 2;
    private const int ReviewStep = 3;
    private LiveWatcher? _watcher;
    private RowsTable? _table;
    private DraftView? _view;
    private TimeZoneInfo? _zone;
    private string? _runProblem;
    private BudgetExceededException? _overBudget;
    private BudgetState? _budget;
    private ReusePreview _reuse = ReusePreview.Nothing;
    private int? _reuseRevision;
    private bool _useStored;
    private Task _saving = Task.CompletedTask;
    private bool _isMissing;
    private bool _isBusy;
    private bool _conflict;

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>The step in the address; without one the draft's own.</summary>
    [SupplyParameterFromQuery]
    public int? Step { get; set; }

    [Inject]
    private DraftQueries Queries { get; set; } = default!;

    [Inject]
    private DraftService Drafts { get; set; } = default!;

    [Inject]
    private DraftRowService Rows { get; set; } = default!;

    [Inject]
    private CostQueries Costs { get; set; } = default!;

    [Inject]
    private ReuseQueries Reuses { get; set; } = default!;

    [Inject]
    private JobStarter Starter { get; set; } = default!;

    [Inject]
    private ILiveUpdates Updates { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private IJSRuntime Scripts { get; set; } = default!;

    private int CurrentStep => Step ?? _view?.Step ?? SettingsStep;

    private string SavedText => _isBusy ? "Saving …"
        : _zone is null || _view is null ? "Saved ✓"
        : string.Create(CultureInfo.CurrentCulture, $"Saved {TimeZoneInfo.ConvertTime(_view.UpdatedAt, _zone):t} ✓");

    private string? Announcement => _view?.Check is { } check
        ? string.Create(CultureInfo.CurrentCulture, $"{check.Ready:N0} ready, warnings: {check.Warnings:N0}, errors: {check.Errors:N0}")
        : null;

    public async ValueTask DisposeAsync() => await (_watcher?.DisposeAsync() ?? ValueTask.CompletedTask);

    protected override async Task OnInitializedAsync()
    {
        _watcher = LiveWatcher.Start(Updates, Workspace.Id, jobId: null, InvokeAsync, ReadAsync, DispatchExceptionAsync);
        await ReadAsync(_watcher.Stopping);
        if (_view is { JobId: { } jobId })
        {
            Navigation.NavigateTo(Workspace.Url($"jobs/{jobId}"), replace: true);
        }
        else if (_view is { Check: null })
        {
            await Drafts.EnsureCheckedAsync(Workspace.Actor, Id, _watcher.Stopping);
            await ReadAsync(_watcher.Stopping);
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_view is not null && Step is SettingsStep or ReviewStep && Step != _view?.Step)
        {
            await Drafts.GoToStepAsync(Workspace.Actor, Id, CurrentStep, CancellationToken.None);
            await ReadBudgetAsync(CancellationToken.None);
        }

        await ReadReuseAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await using var module = await Scripts.InvokeAsync<IJSObjectReference>("import", "./Features/NewJob/DraftPage.razor.js");
            var name = await module.InvokeAsync<string?>("timeZone");
            _zone = name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;
            StateHasChanged();
        }
    }

    private string? HrefOf(int step) => step < SettingsStep ? null : $"{Workspace.Url($"drafts/{Id}")}?step={step}";

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var view = await Queries.GetAsync(Workspace.Actor, Id, cancellationToken);
        _isMissing = view is null;
        var isNew = view?.Revision != _view?.Revision || view?.Check is not null != _view?.Check is not null;
        _view = view;
        StateHasChanged();
        if (isNew && _table is not null)
        {
            await _table.RefreshAsync();
        }

        await ReadReuseAsync();
        await ReadBudgetAsync(cancellationToken);
    }

    /// <summary>The tightest of the budgets that running this draft asks. Only the last step shows it.</summary>
    private async Task ReadBudgetAsync(CancellationToken cancellationToken)
    {
        if (CurrentStep != ReviewStep || _view is not { JobId: null, Connection: { IsDemo: false } connection })
        {
            return;
        }

        var budgets = await Costs.BudgetsAsync(Workspace.Actor, cancellationToken);
        _budget = budgets.Where(b => b.LimitMicroUsd is not null && (b.ConnectionId is null || b.ConnectionId == connection.Id)).MinBy(b => b.LeftMicroUsd);
        StateHasChanged();
    }

    /// <summary>Reads every row, so only at the last step and once a revision.</summary>
    private async Task ReadReuseAsync()
    {
        if (CurrentStep == ReviewStep && _view is { Check: not null } view && _reuseRevision != view.Revision)
        {
            _reuseRevision = view.Revision;
            _reuse = await Task.Run(() => Reuses.ReadAsync(Workspace.Actor, Id, _watcher!.Stopping));
            _useStored &= _reuse.Rows > 0;
            StateHasChanged();
        }
    }

    private Task<DraftRows> ReadRowsAsync(int start, int count, bool onlyProblems, CancellationToken cancellationToken) =>
        Task.Run(() => Queries.RowsAsync(Workspace.Actor, Id, start, count, onlyProblems, cancellationToken), cancellationToken);

    private Task SaveAsync(Func<DraftSettings, DraftSettings> change) =>
        EnqueueAsync(() => Drafts.UpdateSettingsAsync(Workspace.Actor, Id, _view!.Revision, change(_view.Settings), CancellationToken.None));

    private Task EditCellAsync(CellEdit edit) =>
        EnqueueAsync(() => Rows.EditCellAsync(Workspace.Actor, Id, edit.Index, edit.Field, edit.Text, CancellationToken.None));

    private Task SkipRowAsync((int Index, bool Skipped) row) =>
        EnqueueAsync(() => Rows.SkipRowAsync(Workspace.Actor, Id, row.Index, row.Skipped, CancellationToken.None));

    private Task SkipErrorsAsync() => ChangeAsync(() => Rows.SkipErrorsAsync(Workspace.Actor, Id, CancellationToken.None));

    private Task UndoAsync() => ChangeAsync(() => Rows.UndoAsync(Workspace.Actor, Id, CancellationToken.None));

    private Task ActAsync(GroupAct act) => ChangeAsync(() => act.Kind switch
    {
        GroupActKind.Use => Rows.ApplySuggestionAsync(Workspace.Actor, Id, act.Key, CancellationToken.None),
        GroupActKind.MakeUnique => Rows.MakeIdsUniqueAsync(Workspace.Actor, Id, act.Key, CancellationToken.None),
        _ => Rows.SkipGroupAsync(Workspace.Actor, Id, act.Key, CancellationToken.None),
    });

    private Task EditGroupAsync(ProblemKey key) => _table?.EditFirstAsync(key) ?? Task.CompletedTask;

    /// <summary>For buttons that act on many rows: a second click while a change is being saved does nothing.</summary>
    private Task ChangeAsync(Func<Task<DraftOutcome>> change) => _isBusy ? Task.CompletedTask : EnqueueAsync(change);

    /// <summary>For what a person typed or chose: whatever is being saved at the moment, nothing entered is dropped.</summary>
    private Task EnqueueAsync(Func<Task<DraftOutcome>> change) => _saving = SaveAfterAsync(_saving, change);

    private async Task SaveAfterAsync(Task earlier, Func<Task<DraftOutcome>> change)
    {
        // Its failure was shown by its own event.
        await earlier.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        if (_view is null)
        {
            return;
        }

        _isBusy = true;
        StateHasChanged();
        try
        {
            _conflict = await change() == DraftOutcome.Conflict;
        }
        finally
        {
            _isBusy = false;
            await ReadAsync(CancellationToken.None);
        }
    }

    private async Task RunAsync()
    {
        if (_isBusy || _view is null)
        {
            return;
        }

        _isBusy = true;
        (_runProblem, _overBudget) = (null, null);
        StateHasChanged();
        try
        {
            var jobId = await Starter.RunAsync(Workspace.Actor, Id, _view.Revision, _useStored, CancellationToken.None);
            Navigation.NavigateTo(Workspace.Url($"jobs/{jobId}"));
        }
        catch (DraftNotReadyException e)
        {
            _runProblem = e.Message;
            _isBusy = false;
            await ReadAsync(CancellationToken.None);
        }
        catch (BudgetExceededException e)
        {
            _overBudget = e;
            _isBusy = false;
            await ReadAsync(CancellationToken.None);
        }
    }

    private async Task DeleteAsync()
    {
        var (name, id) = (_view!.Settings.Name, Id);
        if (await Drafts.DeleteAsync(Workspace.Actor, id, CancellationToken.None))
        {
            Snackbar.ShowUndo($"Deleted the draft “{name}”.", () => Drafts.RestoreAsync(Workspace.Actor, id, CancellationToken.None));
            Navigation.NavigateTo(Workspace.Url(""));
        }
    }
}
