using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Batchwork.Dashboard.Tests.Security.Wire;

/// <summary>Counts the live pages of a server, so that a test can end when all of them have.</summary>
internal sealed class OpenPages
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _none = Done();
    private int _open;

    public Task AllClosedAsync()
    {
        lock (_lock)
        {
            return _none.Task;
        }
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        done.SetResult();
        return done;
    }

    private void Count(int more)
    {
        lock (_lock)
        {
            if (_open == 0)
            {
                _none = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            _open += more;
            if (_open == 0)
            {
                _none.SetResult();
            }
        }
    }

    internal sealed class Counter(OpenPages pages) : CircuitHandler
    {
        public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
        {
            pages.Count(1);
            return Task.CompletedTask;
        }

        public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
        {
            pages.Count(-1);
            return Task.CompletedTask;
        }
    }
}
