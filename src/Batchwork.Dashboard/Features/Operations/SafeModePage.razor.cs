using Batchwork.Dashboard.Shared;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Restoring;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Batchwork.Dashboard.Features.Operations;

/// <summary>Why nothing is sent, for everybody; and for administrators the question that ends it.</summary>
public sealed partial class SafeModePage : IAsyncDisposable
{
    private LiveWatcher? _watcher;
    private SafeModeView? _view;
    private UnsentWork? _unsent;
    private bool _isRead;
    private bool _isBusy;

    [Inject]
    private SafeModeService SafeMode { get; set; } = default!;

    [Inject]
    private OperationsCommands Commands { get; set; } = default!;

    [Inject]
    private ILiveUpdates Updates { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    public ValueTask DisposeAsync() => _watcher?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override async Task OnInitializedAsync()
    {
        _watcher = LiveWatcher.Start(Updates, Workspace.Id, jobId: null, InvokeAsync, ReadAsync, DispatchExceptionAsync);
        await ReadAsync(_watcher.Stopping);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        _view = await SafeMode.ReadAsync(cancellationToken);
        _unsent = _view is null ? null : await Commands.ReadUnsentAsync(Workspace.Actor.UserId, cancellationToken);
        _isRead = true;
        StateHasChanged();
    }

    private async Task AnswerAsync(SafeModeChoice choice, SafeModeView view, UnsentWork unsent)
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        try
        {
            if (await choice.Question(view, unsent).AskAsync(Dialogs))
            {
                var done = await Commands.ConfirmAsync(Workspace.Actor.UserId, Workspace.Actor.Origin, choice.Answer, _watcher!.Stopping);
                Snackbar.Add(done ? "Safe mode is off. Sending goes on." : "You are no administrator any more. Nothing was changed.", Severity.Normal);
            }
        }
        finally
        {
            _isBusy = false;
        }
    }
}
