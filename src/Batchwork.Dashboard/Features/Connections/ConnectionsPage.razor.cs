using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Connections;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Batchwork.Dashboard.Features.Connections;

/// <summary>The list of connections and, beside it, one of them or the form for a new one.</summary>
public sealed partial class ConnectionsPage : IAsyncDisposable
{
    private LiveWatcher? _watcher;
    private IReadOnlyList<ConnectionSummary>? _connections;
    private ConnectionFields? _fields;
    private Guid? _address;
    private bool _isBusy;
    private bool _needsProof;

    /// <summary>The connection to show; none for the form of a new one.</summary>
    [Parameter]
    public Guid? ConnectionId { get; set; }

    [Inject]
    private ConnectionQueries Queries { get; set; } = default!;

    [Inject]
    private ConnectionService Service { get; set; } = default!;

    [Inject]
    private ConnectionUse Use { get; set; } = default!;

    [Inject]
    private ILiveUpdates Updates { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    private bool MayWrite => Workspace.Actor.Role >= Role.Admin;

    public ValueTask DisposeAsync() => _watcher?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override async Task OnInitializedAsync()
    {
        _watcher = LiveWatcher.Start(Updates, Workspace.Id, jobId: null, InvokeAsync, ReadAsync, DispatchExceptionAsync);
        await ReadAsync(_watcher.Stopping);
    }

    protected override void OnParametersSet()
    {
        // Only a new address chooses another form. The shell renders its page again for reasons of its own, also between a save and the address that follows it.
        var isNewAddress = _address != ConnectionId;
        _address = ConnectionId;
        if (isNewAddress && _fields is not null && _fields.Stored?.Id != ConnectionId)
        {
            Select();
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        _connections = await Queries.ListAsync(Workspace.Actor, cancellationToken);
        if (_fields is null)
        {
            Select();
        }

        StateHasChanged();
    }

    /// <summary>Shows the form the address asks for. A change of the list alone never does: somebody may be writing in it.</summary>
    private void Select()
    {
        if (ConnectionId is null)
        {
            _fields = ConnectionFields.ForNew(Queries.Providers is [var first, ..] ? first : null);
        }
        else if (_connections!.FirstOrDefault(c => c.Id == ConnectionId) is { } stored)
        {
            _fields = ConnectionFields.For(stored, Queries.Providers.FirstOrDefault(p => p.Id == stored.Provider));
        }
        else
        {
            Navigation.NotFound();
        }
    }

    private Task SaveAsync() => ProvenAsync(async fields =>
    {
        var saved = fields.Stored is { } stored
            ? await Service.UpdateAsync(Workspace.Actor, stored.Id, fields.ToEdit(), _watcher!.Stopping)
            : await Service.AddAsync(Workspace.Actor, fields.ToEdit(), _watcher!.Stopping);
        if (saved?.Id is not { } id)
        {
            fields.Show(saved?.Faults ?? []);
            fields.Done = saved is null ? "Somebody removed this connection meanwhile." : null;
            return;
        }

        var worked = fields.Test is { Works: true };
        if (worked)
        {
            // What was seen to work before it was saved counts as tested: it is asked once more, as it is stored.
            worked = await Service.TestAsync(Workspace.Actor, id, fields.ToEdit() with { ApiKey = null }, _watcher.Stopping) is { Works: true };
        }

        await ShowAsync(id, fields.Provider, worked ? "Saved. It works." : "Saved. Test shows whether it works.");
        Navigation.NavigateTo(Workspace.Url($"connections/{id}"), replace: fields.Stored is not null);
    });

    private Task TestAsync() => ProvenAsync(async fields =>
    {
        fields.Done = null;
        fields.Test = null;
        StateHasChanged();
        fields.Test = await Service.TestAsync(Workspace.Actor, fields.Stored?.Id, fields.ToEdit(), _watcher!.Stopping);
        fields.Show(fields.Test?.Faults ?? []);
    });

    private Task PauseAsync() => BusyAsync(async fields =>
    {
        var id = fields.Stored!.Id;
        await Use.PauseAsync(Workspace.Actor, id, _watcher!.Stopping);
        await ShowAsync(id, fields.Provider, "Paused. What is at the provider is still collected.");
    });

    private Task ResumeAsync() => BusyAsync(async fields =>
    {
        var id = fields.Stored!.Id;
        await Use.ResumeAsync(Workspace.Actor, id, _watcher!.Stopping);
        await ShowAsync(id, fields.Provider, "Resumed.");
    });

    /// <summary>Reads again what is stored and says what was done.</summary>
    private async Task ShowAsync(Guid id, ProviderSummary? provider, string done)
    {
        _connections = await Queries.ListAsync(Workspace.Actor, _watcher!.Stopping);
        if (_connections.FirstOrDefault(c => c.Id == id) is { } stored)
        {
            _fields = ConnectionFields.For(stored, provider);
            _fields.Done = done;
        }
    }

    private Task RemoveAsync() => BusyAsync(async fields =>
    {
        var id = fields.Stored!.Id;
        var removed = await Use.DeleteAsync(Workspace.Actor, id, _watcher!.Stopping);
        Navigation.NavigateTo(Workspace.Url("connections"));
        if (removed is not null)
        {
            Snackbar.ShowUndo(Sentence(removed), () => InvokeAsync(() => RestoreAsync(id)));
        }
    });

    private async Task RestoreAsync(Guid id)
    {
        if (!await Use.RestoreAsync(Workspace.Actor, id, CancellationToken.None))
        {
            Snackbar.Add("It cannot be taken back any more: its key is destroyed.", Severity.Normal);
        }
    }

    private static string Sentence(RemovedConnection removed) => removed.RunningJobs switch
    {
        0 => $"Removed “{removed.Label}”.",
        1 => $"Removed “{removed.Label}”. One job still runs over it and goes on.",
        var n => $"Removed “{removed.Label}”. {n} jobs still run over it and go on.",
    };

    /// <summary>A key outlives a stolen session, and another address would be sent the key: whoever gives either shows first that it is them.</summary>
    private Task ProvenAsync(Func<ConnectionFields, Task> work) => BusyAsync(async fields =>
    {
        _needsProof = false;
        try
        {
            await work(fields);
        }
        catch (ProofNeededException)
        {
            _needsProof = true;
        }
    });

    /// <summary>One thing at a time: a double click does nothing twice.</summary>
    private async Task BusyAsync(Func<ConnectionFields, Task> work)
    {
        if (_isBusy || _fields is not { } fields)
        {
            return;
        }

        _isBusy = true;
        try
        {
            await work(fields);
        }
        catch (OperationCanceledException) when (_watcher!.Stopping.IsCancellationRequested)
        {
            // The page is gone.
        }
        finally
        {
            _isBusy = false;
        }
    }
}
