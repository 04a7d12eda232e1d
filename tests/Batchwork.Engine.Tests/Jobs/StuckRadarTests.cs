using Batchwork.Engine.Jobs;
using Batchwork.Testing.Engine;

namespace Batchwork.Engine.Tests.Jobs;

public sealed class StuckRadarTests : IAsyncLifetime
{
    private TestEngine _engine = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _engine = await TestEngine.StartAsync(Token);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Read_LongerThanNearlyAll_SaysSoInPercent()
    {
        await HistoryAsync(30, hours: i => i < 29 ? 2 : 40);
        var job = await PendingAsync(hours: 31);

        var wait = await Radar.ReadAsync(_engine.Owner, job, Token);

        Assert.Equal("Pending 31 h — longer than 96 % of your OpenAI jobs", wait!.Text);
        Assert.True(wait.IsUnusual);
        Assert.Equal([job], (await Radar.ListAsync(_engine.Owner, Token)).Keys);
    }

    [Fact]
    public async Task Read_LittleHistory_TellsNoPercentage()
    {
        await HistoryAsync(3, _ => 1);

        Assert.Equal("Pending 31 h", (await Radar.ReadAsync(_engine.Owner, await PendingAsync(hours: 31), Token))!.Text);
        Assert.Empty(await Radar.ListAsync(_engine.Owner, Token));
    }

    [Fact]
    public async Task Read_UsualWait_IsNotListed()
    {
        await HistoryAsync(20, i => i);

        Assert.Equal(50, (await Radar.ReadAsync(_engine.Owner, await PendingAsync(hours: 10), Token))!.Percent);
        Assert.Empty(await Radar.ListAsync(_engine.Owner, Token));
    }

    [Fact]
    public async Task Read_ShortWait_DemoOrEndedJob_IsNoWait()
    {
        var demo = await new JobBuilder(_engine).Demo().Rows(1, RowState.Waiting).Part(p => p.SubmittedAt = _engine.Time.GetUtcNow().AddHours(-9)).SaveAsync(Token);
        var ended = await new JobBuilder(_engine).In(JobState.Done).Rows(1, RowState.Stored).SaveAsync(Token);

        Assert.Null(await Radar.ReadAsync(_engine.Owner, await PendingAsync(hours: 0), Token));
        Assert.Null(await Radar.ReadAsync(_engine.Owner, demo, Token));
        Assert.Null(await Radar.ReadAsync(_engine.Owner, ended, Token));
        Assert.Null(await Radar.ReadAsync(await _engine.AddStrangerAsync(Token), await PendingAsync(hours: 9), Token));
    }

    private StuckRadar Radar => _engine.Get<StuckRadar>();

    private async Task HistoryAsync(int count, Func<int, int> hours)
    {
        for (var i = 0; i < count; i++)
        {
            var took = hours(i);
            await new JobBuilder(_engine).In(JobState.Done).Rows(1, RowState.Stored).Part(p => p.ProviderEndedAt = p.SubmittedAt!.Value.AddHours(took)).SaveAsync(Token);
        }
    }

    private Task<Guid> PendingAsync(int hours) =>
        new JobBuilder(_engine).Rows(1, RowState.Waiting).Part(p => p.SubmittedAt = _engine.Time.GetUtcNow().AddHours(-hours)).SaveAsync(Token);
}
