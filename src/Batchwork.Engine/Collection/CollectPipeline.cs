using System.Threading.Channels;

namespace Batchwork.Engine.Collection;

/// <summary>Writes one group while the next is being read, and never more than that: memory and open files stay bounded.</summary>
internal sealed class CollectPipeline : IAsyncDisposable
{
    private readonly Channel<CollectedGroup> _groups = Channel.CreateBounded<CollectedGroup>(1);
    private readonly CancellationTokenSource _stop;
    private readonly Task _writing;

    public CollectPipeline(Func<CollectedGroup, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _writing = Task.Run(() => WriteAllAsync(write), CancellationToken.None);
    }

    /// <summary>Hands a group over; waits while the one before is still being written.</summary>
    public async Task SendAsync(CollectedGroup group)
    {
        if (group.Results.Count == 0)
        {
            return;
        }

        try
        {
            await _groups.Writer.WriteAsync(group, _stop.Token);
        }
        catch (Exception) when (_writing.IsCompleted)
        {
            // The writer failed first; its error is the one that tells something.
            await group.DisposeAsync();
            await _writing;
            throw;
        }
    }

    /// <summary>Waits until everything is written.</summary>
    public async Task CompleteAsync()
    {
        _groups.Writer.Complete();
        await _writing;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _groups.Writer.TryComplete();
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (_groups.Reader.TryRead(out var group))
        {
            await group.DisposeAsync();
        }

        _stop.Dispose();
    }

    private async Task WriteAllAsync(Func<CollectedGroup, CancellationToken, Task> write)
    {
        try
        {
            await foreach (var group in _groups.Reader.ReadAllAsync(_stop.Token))
            {
                await using (group)
                {
                    await write(group, _stop.Token);
                }
            }
        }
        catch (Exception e)
        {
            // Whoever waits to send must not wait for ever.
            _groups.Writer.TryComplete(e);
            throw;
        }
    }
}
