using Batchwork.Engine.Connections;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Tests.Polling;
using Batchwork.Testing.Adapters;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Connections;

public sealed class KeyRotationTests : IAsyncLifetime
{
    private const string Old = "sk-old-abcdefghijklmnop-1111";
    private const string New = "sk-new-abcdefghijklmnop-2222";

    private static readonly ConnectionEdit s_edit = new() { Provider = "openai", Label = "Studio", ApiKey = Old };

    private readonly FakeBatchAdapter _provider = new();
    private TestEngine _engine = null!;
    private Guid _connection;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ConnectionService Service => _engine.Get<ConnectionService>();

    private ConnectionUse Use => _engine.Get<ConnectionUse>();

    public async ValueTask InitializeAsync()
    {
        _engine = await Workers.StartEngineAsync(_provider);
        _connection = await ConnectionServiceTests.AddAsync(_engine, s_edit);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Rotate_WhileABatchIsAtTheProvider_ReadsItWithTheOldKeyAndSendsWithTheNew()
    {
        var job = await _engine.AddJobAsync(1, connectionId: _connection);
        await _engine.RunDueAsync();
        await RotateAsync();
        var next = await _engine.AddJobAsync(1, connectionId: _connection);

        _provider.Keys.Clear();
        await _engine.RunDueInAsync(TimeSpan.FromHours(1));
        Assert.Equal([("create", New), ("retrieve", Old), ("upload", New)], _provider.Keys.Distinct().Where(k => k.Call is "create" or "retrieve" or "upload").Order());
        var kept = Assert.Single((await SummaryAsync()).OldKeys);
        Assert.Equal(("1111", 1, false), (kept.Ending, kept.Batches, kept.IsRejected));

        foreach (var batch in _provider.Accepted)
        {
            batch.Complete();
        }

        _provider.Keys.Clear();
        await _engine.RunToEndAsync();
        Assert.Equal([New, Old], _provider.Keys.Where(k => k.Call == "results").Select(k => k.Key).Distinct().Order());
        Assert.NotEqual(job.Id, next.Id);
    }

    [Fact]
    public async Task Destroy_AnOldKey_OnlyWhenNothingNeedsItAnyMore()
    {
        await _engine.AddJobAsync(1, connectionId: _connection);
        await _engine.RunDueAsync();
        await RotateAsync();

        Assert.Equal(0, await _engine.Get<RemovedKeys>().DestroyAsync(Token));

        _provider.Accepted[0].Complete();
        await _engine.RunToEndAsync();
        await using (var context = _engine.CreateContext())
        {
            await context.JobParts.ExecuteUpdateAsync(set => set.SetProperty(p => p.CleanUpAt, (DateTimeOffset?)null), Token);
        }

        Assert.Equal(1, await _engine.Get<RemovedKeys>().DestroyAsync(Token));
        Assert.Empty((await SummaryAsync()).OldKeys);
    }

    [Fact]
    public async Task Rotate_WhenNothingNeedsTheOldKey_KeepsNothing()
    {
        await RotateAsync();

        Assert.Empty((await SummaryAsync()).OldKeys);
        Assert.Equal(New, (await _engine.Get<CredentialsReader>().OpenAsync(_connection, Token)).ApiKey);
    }

    [Fact]
    public async Task Rotate_AndTheOldKeyIsRevoked_GoesOnWithTheNewOne()
    {
        await _engine.AddJobAsync(1, connectionId: _connection);
        await _engine.RunDueAsync();
        await RotateAsync();
        _provider.FailRetrieve = new ProviderException("openai", ProviderFailure.KeyRejected, "No.");

        await _engine.RunDueInAsync(TimeSpan.FromHours(1));
        _provider.Keys.Clear();
        await _engine.RunDueInAsync(TimeSpan.FromHours(1));

        Assert.Equal(("retrieve", New), Assert.Single(_provider.Keys.Distinct()));
        var summary = await SummaryAsync();
        Assert.Null(summary.PausedReason);
        Assert.True(Assert.Single(summary.OldKeys).IsRejected);
    }

    [Fact]
    public async Task Rotate_BetweenUploadAndThePaidCall_UploadsAgainWithTheNewKey()
    {
        await _engine.AddJobAsync(1, connectionId: _connection);
        _provider.FailCreateBefore = new BatchNotSentException("openai", "Not sent.");
        await _engine.RunDueAsync();
        await RotateAsync();

        _provider.Keys.Clear();
        await _engine.RunDueInAsync(TimeSpan.FromHours(1));

        Assert.Equal([("create", New), ("upload", New)], _provider.Keys.Where(k => k.Call is "create" or "upload").Order());
        Assert.Single(_provider.Accepted);
    }

    [Fact]
    public async Task Open_AKeyThatWasSwappedIntoAnotherRow_DoesNotOpen()
    {
        var other = await ConnectionServiceTests.AddAsync(_engine, s_edit with { Label = "Other", ApiKey = New });
        await using (var context = _engine.CreateContext())
        {
            var sealedKey = await context.Connections.Where(c => c.Id == other).Select(c => c.SealedKey).SingleAsync(Token);
            await context.Connections.Where(c => c.Id == _connection).ExecuteUpdateAsync(set => set.SetProperty(c => c.SealedKey, sealedKey), Token);
        }

        await Assert.ThrowsAsync<KeyUnavailableException>(async () => await _engine.Get<CredentialsReader>().OpenAsync(_connection, Token));
    }

    [Fact]
    public async Task Pause_ByAPerson_SendsNothingNewAndStillCollects()
    {
        var running = await _engine.AddJobAsync(1, connectionId: _connection);
        await _engine.RunDueAsync();
        var waiting = await _engine.AddJobAsync(1, connectionId: _connection);

        Assert.True(await Use.PauseAsync(_engine.Owner, _connection, Token));
        Assert.False(await Use.PauseAsync(_engine.Owner, _connection, Token));
        _provider.Accepted[0].Complete();

        // It counts an answer and has none: that file is read again a few times before its row counts as missing.
        for (var hour = 0; hour < 8; hour++)
        {
            await _engine.RunDueInAsync(TimeSpan.FromHours(1));
        }

        Assert.Single(_provider.Accepted);
        Assert.True((await _engine.ReadJobAsync(running.Id)).State.HasEnded());
        var job = await _engine.ReadJobAsync(waiting.Id);
        Assert.Equal((JobState.NeedsYou, "Paused by Ana. Nothing new is sent over it."), (job.State, job.Reason));
        Assert.True((await SummaryAsync()).IsHeldBack);

        Assert.True(await Use.ResumeAsync(_engine.Owner, _connection, Token));
        await _engine.RunDueInAsync(TimeSpan.FromHours(1));
        Assert.Equal(2, _provider.Accepted.Count);
    }

    [Fact]
    public async Task Rotate_OfAConnectionThatIsHeldBack_LeavesItHeldBack()
    {
        await Use.PauseAsync(_engine.Owner, _connection, Token);

        await RotateAsync();

        Assert.True((await SummaryAsync()).IsHeldBack);
    }

    private async Task RotateAsync() => Assert.NotNull((await Service.UpdateAsync(_engine.Owner, _connection, s_edit with { ApiKey = New }, Token))!.Id);

    private async Task<ConnectionSummary> SummaryAsync() => (await _engine.Get<ConnectionQueries>().GetAsync(_engine.Owner, _connection, Token))!;
}
