using Batchwork.Engine.Hosting;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Restoring;
using Batchwork.Engine.Tests.Polling;
using Batchwork.Testing.Adapters;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Restoring;

public sealed class SafeModeTests : IAsyncLifetime
{
    private static readonly Administrator s_admin = new("ana", "Ana");

    private readonly FakeBatchAdapter _provider = new();
    private TestEngine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await Workers.StartEngineAsync(_provider);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SafeModeService SafeMode => _engine.Get<SafeModeService>();

    [Fact]
    public async Task Start_AgainAndAgain_IsNoRestore()
    {
        await RestartAsync();
        await RestartAsync();

        Assert.Null(await SafeMode.ReadAsync(Token));
    }

    [Fact]
    public async Task Start_AfterACrashBetweenDatabaseAndFile_IsNoRestore()
    {
        await RestartAsync();
        await File.WriteAllTextAsync(_engine.DataFolder.Epoch, "1", Token);

        await RestartAsync();

        Assert.Null(await SafeMode.ReadAsync(Token));
    }

    [Fact]
    public async Task Start_DatabaseOlderThanItsFolder_SendsNothing()
    {
        await File.WriteAllTextAsync(_engine.DataFolder.Epoch, "7", Token);
        await RestartAsync();
        var job = await _engine.AddJobAsync();

        await _engine.RunDueAsync();

        Assert.Empty(_provider.Calls);
        Assert.StartsWith("Safe mode: The database is older than its data folder.", (await _engine.ReadJobAsync(job.Id)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DatabaseAloneInAnotherFolder_SendsNothing()
    {
        File.Delete(_engine.DataFolder.Epoch);

        await RestartAsync();

        Assert.NotNull(await SafeMode.ReadAsync(Token));
    }

    [Fact]
    public async Task FirstPaidCall_BatchOfThisInstanceThatIsUnknownHere_SendsNothingUntilAnAdministratorConfirms()
    {
        var tag = $"bw1-{await InstanceAsync()}-01jd8zzzzzzzzzzzzzzzzzzzzz";
        AddForeign("batch-lost", tag, _engine.Time.GetUtcNow().AddDays(-1));
        var job = await _engine.AddJobAsync();

        await _engine.RunDueInAsync(TimeSpan.FromMinutes(5));

        var view = await SafeMode.ReadAsync(Token);
        Assert.Single(_provider.Accepted);
        Assert.StartsWith("OpenAI has 1 batch of this installation that is not known here.", view!.Reason, StringComparison.Ordinal);
        Assert.Equal(("batch-lost", tag), (view.UnknownBatches[0].BatchId, view.UnknownBatches[0].Tag));
        Assert.StartsWith("Safe mode:", (await _engine.ReadJobAsync(job.Id)).Reason, StringComparison.Ordinal);

        Assert.True(await SafeMode.ConfirmAsync(s_admin, SafeModeAnswer.Restored, Token));
        await _engine.RunDueInAsync(TimeSpan.FromHours(2));

        Assert.Equal(2, _provider.Accepted.Count);
        Assert.Null(await SafeMode.ReadAsync(Token));
        Assert.False(await SafeMode.ConfirmAsync(s_admin, SafeModeAnswer.Restored, Token));
    }

    [Fact]
    public async Task Confirm_TellsOpenPagesOfEveryWorkspace()
    {
        var stranger = await _engine.AddStrangerAsync(Token);
        File.Delete(_engine.DataFolder.Epoch);
        await RestartAsync();
        using var subscription = _engine.Get<ILiveUpdates>().Subscribe(stranger.WorkspaceId, null, TimeSpan.Zero);
        await using var heard = subscription.WatchAsync(Token).GetAsyncEnumerator(Token);

        await SafeMode.ConfirmAsync(s_admin, SafeModeAnswer.Restored, Token);

        Assert.True(await heard.MoveNextAsync());
    }

    [Fact]
    public async Task ReadUnsent_CountsWhatWouldBePaidForAndNotTheDemo()
    {
        await _engine.AddJobAsync(rows: 3);
        await _engine.AddJobAsync(rows: 4, parts: 2);
        await _engine.AddJobAsync(rows: 9, isDemo: true);

        Assert.Equal(new UnsentWork(2, 7), await SafeMode.ReadUnsentAsync(s_admin, Token));
    }

    [Theory]
    [InlineData("bw1-zzzzzzzz-01jd8zzzzzzzzzzzzzzzzzzzzz", 1)]
    [InlineData("somebody else's", 1)]
    [InlineData(null, 30)]
    public async Task FirstPaidCall_BatchesOfOthersAndOldOnes_AreNoSign(string? tag, int daysAgo)
    {
        AddForeign("batch-other", tag ?? $"bw1-{await InstanceAsync()}-01jd8zzzzzzzzzzzzzzzzzzzzz", _engine.Time.GetUtcNow().AddDays(-daysAgo));
        await _engine.AddJobAsync();

        await _engine.RunDueAsync();

        Assert.Equal(2, _provider.Accepted.Count);
    }

    [Fact]
    public async Task FirstPaidCall_BatchOfADeletedJob_IsNoSign()
    {
        var first = await _engine.AddJobAsync();
        await _engine.RunDueAsync();
        await using (var context = _engine.CreateContext())
        {
            await context.Jobs.Where(j => j.Id == first.Id).ExecuteDeleteAsync(Token);
        }

        await _engine.AddJobAsync();
        await _engine.RunDueInAsync(TimeSpan.FromHours(2));

        Assert.Equal(2, _provider.Accepted.Count);
    }

    [Fact]
    public async Task FirstPaidCall_ListNotToBeHad_Waits()
    {
        await _engine.AddJobAsync();
        _provider.FailList = new ProviderException("openai", ProviderFailure.Unavailable, "503");

        await _engine.RunDueAsync();
        Assert.Empty(_provider.Accepted);
        _provider.FailList = null;
        await _engine.RunDueInAsync(TimeSpan.FromMinutes(1));

        Assert.Single(_provider.Accepted);
    }

    [Fact]
    public async Task SafeMode_WhatIsAtTheProvider_IsStillCollected()
    {
        var job = await _engine.AddJobAsync(rows: 1);
        await _engine.RunDueAsync();
        await File.WriteAllTextAsync(_engine.DataFolder.Epoch, "7", Token);
        await RestartAsync();
        _provider.Results = (_, options, _) => OnePictureAsync(options);
        _provider.Accepted[0].Complete();

        await _engine.RunDueInAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(JobState.Done, (await _engine.ReadJobAsync(job.Id)).State);
    }

    [Fact]
    public async Task Confirm_AsACopy_GetsAnIdOfItsOwn()
    {
        var before = await InstanceAsync();
        await File.WriteAllTextAsync(_engine.DataFolder.Epoch, "7", Token);
        await RestartAsync();

        await SafeMode.ConfirmAsync(s_admin, SafeModeAnswer.Copy, Token);

        Assert.NotEqual(before, await InstanceAsync());
    }

    private static async IAsyncEnumerable<BatchResult> OnePictureAsync(ResultReadOptions options)
    {
        yield return await FakeResults.PicturesAsync("row-0", 1, options.Sink!, FakeResults.Png(1));
    }

    private void AddForeign(string id, string tag, DateTimeOffset at) =>
        _provider.AddForeign(new FakeBatch { Id = id, Tag = tag, InputFileId = "file-x", CustomIds = ["row-0"], CreatedAt = at });

    private Task RestartAsync() => _engine.Get<EngineStartup>().PrepareAsync(Token);

    private async Task<string> InstanceAsync()
    {
        await using var context = _engine.CreateContext();
        return await context.Installations.Select(i => i.InstanceId).SingleAsync(Token);
    }
}
