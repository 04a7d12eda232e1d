using Batchwork.Dashboard.Shared;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Operations;
using Microsoft.AspNetCore.Components;

namespace Batchwork.Dashboard.Features.Operations;

/// <summary>How the installation is, and its integrity check.</summary>
public sealed partial class SystemPage : IAsyncDisposable
{
    /// <summary>Workers beat every second; people need not.</summary>
    private static readonly TimeSpan s_throttle = TimeSpan.FromSeconds(3);

    private LiveWatcher? _watcher;
    private SystemReport? _report;
    private bool _isRead;
    private bool _isBusy;

    [CascadingParameter]
    public BrowserClock Clock { get; set; } = BrowserClock.Utc;

    [Inject]
    private OperationsCommands Commands { get; set; } = default!;

    [Inject]
    private ILiveUpdates Updates { get; set; } = default!;

    public ValueTask DisposeAsync() => _watcher?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override async Task OnInitializedAsync()
    {
        _watcher = LiveWatcher.Start(Updates, LiveChange.InstallationId, jobId: null, InvokeAsync, ReadAsync, DispatchExceptionAsync, s_throttle);
        await ReadAsync(_watcher.Stopping);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        _report = await Commands.ReadAsync(Workspace.Actor.UserId, cancellationToken);
        _isRead = true;
        StateHasChanged();
    }

    private async Task CheckAsync(bool start)
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        try
        {
            await Commands.CheckAsync(Workspace.Actor.UserId, start, _watcher!.Stopping);
            await ReadAsync(_watcher.Stopping);
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
