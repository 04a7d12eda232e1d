using Batchwork.Engine.Jobs;
using Batchwork.Engine.Polling;
using Batchwork.Testing.Adapters;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Jobs;

namespace Batchwork.Engine.Tests.Polling;

public sealed class CleanStopTests : IAsyncLifetime
{
    private readonly FakeBatchAdapter _provider = new();
    private TestEngine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await Workers.StartEngineAsync(_provider);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Stop_DuringThePaidCall_WaitsForItsAnswerAndStoresTheId()
    {
        var job = await _engine.AddJobAsync();
        var answer = new TaskCompletionSource();
        var called = new TaskCompletionSource();
        _provider.BeforeCreate = () =>
        {
            called.SetResult();
            return answer.Task;
        };
        var dispatcher = _engine.Get<PartDispatcher>();
        await dispatcher.DispatchDueAsync(TestContext.Current.CancellationToken);
        await called.Task;

        var stopped = dispatcher.StopAsync(TestContext.Current.CancellationToken);
        Assert.False(stopped.IsCompleted);
        answer.SetResult();
        await stopped;

        var part = Assert.Single(await _engine.ReadPartsAsync(job.Id));
        Assert.Equal((PartState.AtProvider, "batch-1", (string?)null), (part.State, part.BatchId, part.LeaseOwner));
    }

    [Fact]
    public async Task Stop_WhileResultsAreRead_EndsAtOnceAndGoesOnLater()
    {
        var job = await _engine.AddJobAsync(rows: 1);
        await _engine.RunDueAsync();
        _provider.Accepted[0].Complete();
        await _engine.RunDueInAsync(TimeSpan.FromSeconds(1));
        var reading = new TaskCompletionSource();
        _provider.Results = (_, _, token) => EndlessAsync(reading, token);
        _engine.Time.Advance(TimeSpan.FromSeconds(20));
        var dispatcher = _engine.Get<PartDispatcher>();
        await dispatcher.DispatchDueAsync(TestContext.Current.CancellationToken);
        await dispatcher.IdleAsync();
        await dispatcher.DispatchDueAsync(TestContext.Current.CancellationToken);
        await reading.Task;

        await dispatcher.StopAsync(TestContext.Current.CancellationToken);

        var part = Assert.Single(await _engine.ReadPartsAsync(job.Id));
        Assert.Equal((PartState.Collecting, (string?)null), (part.State, part.LeaseOwner));
        Assert.NotNull(part.NextCheckAt);
    }

    private static async IAsyncEnumerable<BatchResult> EndlessAsync(TaskCompletionSource reading, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        reading.TrySetResult();
        await Task.Delay(Timeout.Infinite, cancellationToken);
        yield break;
    }
}
