namespace Batchwork.Emulator.Results;

/// <summary>Work that several callers wait for and one may stop.</summary>
internal sealed class Making : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public Making(Func<CancellationToken, Task> run) => Task = run(_stop.Token);

    public Task Task { get; }

    public void Cancel() => _stop.Cancel();

    public void Dispose() => _stop.Dispose();
}
