using Batchwork.Engine.LiveUpdates;

namespace Batchwork.Dashboard.Shared;

/// <summary>
/// Keeps a page up to date: reads again when something changed, at most once a second, on the page's own dispatcher. Start it before the first
/// read and keep it in a field; dispose it in the page's <c>DisposeAsync</c>.
/// </summary>
/// <example>
/// <code>
/// protected override async Task OnInitializedAsync()
/// {
///     _watcher = LiveWatcher.Start(Updates, Workspace.Id, jobId: null, InvokeAsync, ReadAsync, DispatchExceptionAsync);
///     await ReadAsync(_watcher.Stopping);
/// }
///
/// private async Task ReadAsync(CancellationToken cancellationToken)
/// {
///     _jobs = await Queries.ListAsync(Workspace.Actor, cancellationToken);
///     StateHasChanged();
/// }
///
/// public ValueTask DisposeAsync() => _watcher?.DisposeAsync() ?? ValueTask.CompletedTask;
/// </code>
/// </example>
public sealed class LiveWatcher : IAsyncDisposable
{
    private static readonly TimeSpan s_throttle = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly LiveSubscription _subscription;
    private readonly Task _pump;

    private LiveWatcher(LiveSubscription subscription, Func<Func<Task>, Task> dispatch, Func<CancellationToken, Task> read, Func<Exception, Task> fail)
    {
        _subscription = subscription;
        Stopping = _stop.Token;
        _pump = PumpAsync(dispatch, read, fail);
    }

    /// <summary>Cancelled when the page goes away; pass it to the page's own reads.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Starts watching.</summary>
    /// <param name="updates">The change feed.</param>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="jobId">One of its jobs, or <see langword="null"/> for all that happens in the workspace.</param>
    /// <param name="dispatch">The component's <c>InvokeAsync</c>.</param>
    /// <param name="read">Reads again and calls <c>StateHasChanged</c>.</param>
    /// <param name="fail">The component's <c>DispatchExceptionAsync</c>: shows the error boundary when a read fails.</param>
    /// <param name="throttle">Least time between two reads, for a page that may be slower than one a second.</param>
    /// <returns>The watcher; it lives until it is disposed.</returns>
    public static LiveWatcher Start(
        ILiveUpdates updates,
        Guid workspaceId,
        Guid? jobId,
        Func<Func<Task>, Task> dispatch,
        Func<CancellationToken, Task> read,
        Func<Exception, Task> fail,
        TimeSpan? throttle = null)
    {
        ArgumentNullException.ThrowIfNull(updates);
        return new LiveWatcher(updates.Subscribe(workspaceId, jobId, throttle ?? s_throttle), dispatch, read, fail);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _subscription.Dispose();
        await _pump;
        _stop.Dispose();
    }

    private async Task PumpAsync(Func<Func<Task>, Task> dispatch, Func<CancellationToken, Task> read, Func<Exception, Task> fail)
    {
        try
        {
            await foreach (var _ in _subscription.WatchAsync(Stopping))
            {
                await dispatch(() => read(Stopping));
            }
        }
        catch (Exception) when (Stopping.IsCancellationRequested)
        {
            // The page is gone: neither a cancelled read nor a renderer that is disposed already is anybody's concern.
        }
        catch (Exception e)
        {
            await fail(e);
        }
    }
}
