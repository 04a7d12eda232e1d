namespace Batchwork.Dashboard.Hosting;

/// <summary>Starts the emulator with the first request to it: an installation that never uses the demo does not carry it.</summary>
internal sealed class DemoHandler(Func<CancellationToken, Task<StartedDemo>> start) : HttpMessageHandler, IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private StartedDemo? _started;
    private HttpMessageInvoker? _invoker;

    public async ValueTask DisposeAsync()
    {
        _invoker?.Dispose();
        if (_started is not null)
        {
            await _started.Server.DisposeAsync();
        }

        Dispose();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var invoker = _invoker ?? await StartAsync(cancellationToken);
        return await invoker.SendAsync(request, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _one.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<HttpMessageInvoker> StartAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_invoker is null)
            {
                _started = await start(cancellationToken);
                _invoker = new HttpMessageInvoker(_started.Handler);
            }

            return _invoker;
        }
        finally
        {
            _one.Release();
        }
    }
}
