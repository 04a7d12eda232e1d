using System.Diagnostics;

namespace Batchwork.Benchmarks;

/// <summary>Watches how far the resident memory of this process rises above where it began.</summary>
internal sealed class PeakMemory : IAsyncDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _stop = new();
    private readonly long _began;
    private readonly Task _watching;
    private long _peak;

    public PeakMemory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        _began = Environment.WorkingSet;
        _watching = Task.Run(WatchAsync);
    }

    public double MiB => Math.Max(0, Interlocked.Read(ref _peak) - _began) / (1024.0 * 1024.0);

    /// <summary>Resident memory of another process, in MiB.</summary>
    public static double Of(Process process)
    {
        process.Refresh();
        return process.WorkingSet64 / (1024.0 * 1024.0);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        while (true)
        {
            var now = Environment.WorkingSet;
            if (now > Interlocked.Read(ref _peak))
            {
                Interlocked.Exchange(ref _peak, now);
            }

            await Task.Delay(s_interval, TimeProvider.System, _stop.Token);
        }
    }
}
