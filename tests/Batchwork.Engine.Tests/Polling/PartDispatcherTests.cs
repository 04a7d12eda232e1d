using Batchwork.Engine.Jobs;
using Batchwork.Engine.Polling;
using Batchwork.Testing.Adapters;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Polling;

public sealed class PartDispatcherTests : IAsyncLifetime
{
    private readonly FakeBatchAdapter _provider = new();
    private TestEngine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await Workers.StartEngineAsync(_provider);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Due_CollectingParts_HaveALaneOfTheirOwn()
    {
        var collecting = await PartIdAsync(await _engine.AddJobAsync());
        var ready = await PartIdAsync(await _engine.AddJobAsync());
        await SetStateAsync(collecting, PartState.Collecting);

        Assert.Equal([collecting], await DueAsync(PartLane.Storing));
        Assert.Equal([ready], await DueAsync(PartLane.Moving));
    }

    [Theory]
    [InlineData(PartState.Closed)]
    [InlineData(PartState.Held)]
    public async Task Due_PartThatWaitsForNobody_IsLeftAlone(PartState state)
    {
        await SetStateAsync(await PartIdAsync(await _engine.AddJobAsync()), state);

        Assert.Empty(await DueAsync(PartLane.Moving));
    }

    [Fact]
    public async Task Due_LeasedPart_IsLeftAloneUntilTheLeaseRunsOut()
    {
        var part = await PartIdAsync(await _engine.AddJobAsync());
        await _engine.Get<LeaseKeeper>().TryTakeAsync(part, TestContext.Current.CancellationToken);

        Assert.Empty(await DueAsync(PartLane.Moving));
        _engine.Time.Advance(LeaseKeeper.Duration + TimeSpan.FromMilliseconds(1));

        Assert.Equal([part], await DueAsync(PartLane.Moving));
    }

    [Fact]
    public async Task Due_LongestOverdue_ComesFirst()
    {
        var late = await PartIdAsync(await _engine.AddJobAsync());
        _engine.Time.Advance(TimeSpan.FromMinutes(1));
        await PartIdAsync(await _engine.AddJobAsync());

        Assert.Equal(late, (await DueAsync(PartLane.Moving))[0]);
    }

    private async Task<List<Guid>> DueAsync(PartLane lane) => (await _engine.DueAsync(lane)).ConvertAll(p => p.Id);

    private async Task<Guid> PartIdAsync(Job job) => Assert.Single(await _engine.ReadPartsAsync(job.Id)).Id;

    private async Task SetStateAsync(Guid partId, PartState state)
    {
        await using var context = _engine.CreateContext();
        await context.JobParts.Where(p => p.Id == partId).ExecuteUpdateAsync(set => set.SetProperty(p => p.State, state), TestContext.Current.CancellationToken);
    }
}
