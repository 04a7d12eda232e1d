using Batchwork.Engine.Connections;
using Batchwork.Engine.Jobs;
using Batchwork.Testing.Engine;

namespace Batchwork.Engine.Tests.Connections;

public sealed class ConnectionRemovalTests
{
    private static readonly ConnectionEdit s_edit = new() { Provider = "openai", Label = "Studio", ApiKey = "sk-proj-abcdefghijklmnop-9f3Q" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Delete_TakesItFromTheListAndRestoreBringsItBackWithItsKey()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var id = await ConnectionServiceTests.AddAsync(engine, s_edit);

        var removed = await engine.Get<ConnectionUse>().DeleteAsync(engine.Owner, id, Token);
        Assert.Equal(new RemovedConnection("Studio", 0), removed);
        Assert.Empty(await engine.Get<ConnectionQueries>().ListAsync(engine.Owner, Token));

        Assert.True(await engine.Get<ConnectionUse>().RestoreAsync(engine.Owner, id, Token));
        Assert.Single(await engine.Get<ConnectionQueries>().ListAsync(engine.Owner, Token));
        Assert.Equal(s_edit.ApiKey, (await engine.Get<CredentialsReader>().OpenAsync(id, Token)).ApiKey);
    }

    [Fact]
    public async Task Destroy_BeforeTheUndoTimeIsOver_KeepsTheKey()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var id = await RemovedAsync(engine);

        engine.Time.Advance(RemovedKeys.UndoTime - TimeSpan.FromSeconds(1));

        Assert.Equal(0, await engine.Get<RemovedKeys>().DestroyAsync(Token));
        Assert.NotNull((await ConnectionServiceTests.StoredAsync(engine, id)).SealedKey);
    }

    [Fact]
    public async Task Destroy_AfterTheUndoTime_DestroysTheKeyForGood()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var id = await RemovedAsync(engine);

        engine.Time.Advance(RemovedKeys.UndoTime + TimeSpan.FromSeconds(1));

        Assert.Equal(1, await engine.Get<RemovedKeys>().DestroyAsync(Token));
        Assert.False(await engine.Get<ConnectionUse>().RestoreAsync(engine.Owner, id, Token));
        await Assert.ThrowsAsync<KeyUnavailableException>(async () => await engine.Get<CredentialsReader>().OpenAsync(id, Token));
    }

    [Theory]
    [InlineData(JobState.Running, 0)]
    [InlineData(JobState.NeedsYou, 0)]
    [InlineData(JobState.Done, 1)]
    [InlineData(JobState.Cancelled, 1)]
    public async Task Destroy_WhileAJobStillNeedsTheKey_KeepsIt(JobState state, int destroyed)
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var id = await ConnectionServiceTests.AddAsync(engine, s_edit);
        await AddJobAsync(engine, id, state);
        var removed = await engine.Get<ConnectionUse>().DeleteAsync(engine.Owner, id, Token);
        engine.Time.Advance(TimeSpan.FromDays(2));

        Assert.Equal(1 - destroyed, removed!.RunningJobs);
        Assert.Equal(destroyed, await engine.Get<RemovedKeys>().DestroyAsync(Token));
    }

    [Fact]
    public async Task EnsureDemo_AskedAgainAndAtTheSameTime_MakesOneOfEachProvider()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var demos = engine.Get<DemoConnections>();

        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => demos.EnsureAsync(engine.WorkspaceId, Token), Token)));

        Assert.Single(ids.Distinct());
        var made = await engine.Get<ConnectionQueries>().ListAsync(engine.Owner, Token);
        Assert.Equal([("Demo", "openai", true), ("Demo Gemini", "google", true), ("Demo xAI", "xai", true)], made.Select(d => (d.Label, d.Provider, d.IsDemo)));
    }

    [Fact]
    public async Task EnsureDemo_AfterItsRemoval_BringsTheSameOneBack()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var demos = engine.Get<DemoConnections>();
        var id = await demos.EnsureAsync(engine.WorkspaceId, Token);
        await engine.Get<ConnectionUse>().DeleteAsync(engine.Owner, id, Token);

        Assert.Equal(id, await demos.EnsureAsync(engine.WorkspaceId, Token));
        Assert.Equal(3, (await engine.Get<ConnectionQueries>().ListAsync(engine.Owner, Token)).Count);
    }

    [Fact]
    public async Task Open_OfTheDemo_LeadsToTheTransportInThisProcess()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var id = await engine.Get<DemoConnections>().EnsureAsync(engine.WorkspaceId, Token);

        var credentials = await engine.Get<CredentialsReader>().OpenAsync(id, Token);

        Assert.Equal(("demo", "demo", "http://demo.localhost/openai/v1"), (credentials.Transport, credentials.ApiKey, credentials.BaseUrl?.ToString()));
    }

    private static async Task<Guid> RemovedAsync(TestEngine engine)
    {
        var id = await ConnectionServiceTests.AddAsync(engine, s_edit);
        await engine.Get<ConnectionUse>().DeleteAsync(engine.Owner, id, Token);
        return id;
    }

    private static async Task AddJobAsync(TestEngine engine, Guid connectionId, JobState state)
    {
        await using var context = engine.CreateContext();
        context.Jobs.Add(new Job
        {
            Id = Guid.CreateVersion7(engine.Time.GetUtcNow()),
            WorkspaceId = engine.WorkspaceId,
            DraftId = Guid.CreateVersion7(engine.Time.GetUtcNow()),
            Name = "Spring",
            ConnectionId = connectionId,
            Provider = "openai",
            Model = "gpt-image-2",
            IsDemo = false,
            Defaults = new ImageDefaults(),
            CreatedBy = engine.Owner.UserId,
            CreatedByName = engine.Owner.Name,
            CreatedAt = engine.Time.GetUtcNow(),
            State = state,
            RequestedRows = 1,
            RequestedImages = 1,
            Estimate = new JobEstimate { Requests = 1, Images = 1, Parts = 1, Lines = [] },
        });
        await context.SaveChangesAsync(Token);
    }
}
