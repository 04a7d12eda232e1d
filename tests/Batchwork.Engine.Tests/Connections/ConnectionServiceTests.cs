using Batchwork.Engine.Connections;
using Batchwork.Engine.Workspaces;
using Batchwork.Testing.Engine;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Connections;

public sealed class ConnectionServiceTests
{
    private const string Key = "sk-proj-abcdefghijklmnop-9f3Q";

    private static readonly ConnectionEdit s_edit = new() { Provider = "openai", Label = " Studio key ", ApiKey = $" {Key}\n" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_WithAKey_SealsItAndShowsItsEndingOnly()
    {
        await using var engine = await TestEngine.StartAsync(Token);

        var id = await AddAsync(engine, s_edit);

        var summary = Assert.Single(await engine.Get<ConnectionQueries>().ListAsync(engine.Owner, Token));
        Assert.Equal(("Studio key", "openai", "OpenAI", "9f3Q", (string?)null), (summary.Label, summary.Provider, summary.ProviderName, summary.KeyEnding, summary.BaseUrl));
        Assert.Equal(id, summary.Id);
        Assert.Equal(Key, (await engine.Get<CredentialsReader>().OpenAsync(id, Token)).ApiKey);
    }

    [Fact]
    public async Task Add_TheSameKeyTwice_GivesTheSameFingerprintThatIsNotTheKeysOwnHash()
    {
        await using var engine = await TestEngine.StartAsync(Token);

        var first = await StoredAsync(engine, await AddAsync(engine, s_edit));
        var second = await StoredAsync(engine, await AddAsync(engine, s_edit with { Label = "Other" }));

        Assert.Equal(first.KeyFingerprint, second.KeyFingerprint);
        Assert.Matches("^[0-9a-f]{12}$", first.KeyFingerprint);
        var bare = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Key)));
        Assert.False(bare.StartsWith(first.KeyFingerprint!, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", Key, null, "Label")]
    [InlineData("Studio", "", null, "ApiKey")]
    [InlineData("Studio", "sk-with a space in it", null, "ApiKey")]
    [InlineData("Studio", "sk-with\nbreak-in-the-middle", null, "ApiKey")]
    [InlineData("Studio", Key, "http://127.0.0.1:9000/v1", "BaseUrl")]
    [InlineData("Studio", Key, "nonsense", "BaseUrl")]
    public async Task Add_WithAFault_NamesTheFieldAndSavesNothing(string label, string key, string? baseUrl, string field)
    {
        await using var engine = await TestEngine.StartAsync(Token);

        var saved = await engine.Get<ConnectionService>().AddAsync(
            engine.Owner, new ConnectionEdit { Provider = "openai", Label = label, ApiKey = key, BaseUrl = baseUrl }, Token);

        Assert.Null(saved.Id);
        Assert.Equal([field], saved.Faults.Select(f => f.Field));
        Assert.Empty(await engine.Get<ConnectionQueries>().ListAsync(engine.Owner, Token));
    }

    [Fact]
    public async Task Add_WithSeveralFaults_NamesThemAll()
    {
        await using var engine = await TestEngine.StartAsync(Token);

        var saved = await engine.Get<ConnectionService>().AddAsync(
            engine.Owner, new ConnectionEdit { Provider = "openai", Label = "", BaseUrl = "ftp://x.example" }, Token);

        Assert.Equal(["ApiKey", "BaseUrl", "Label"], saved.Faults.Select(f => f.Field).Order());
    }

    [Fact]
    public async Task Add_WithALabelThatIsTaken_IsRefused()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        await AddAsync(engine, s_edit);

        var saved = await engine.Get<ConnectionService>().AddAsync(engine.Owner, s_edit with { Label = "STUDIO KEY" }, Token);

        Assert.Equal(["Label"], saved.Faults.Select(f => f.Field));
    }

    [Fact]
    public async Task Add_ByACreator_IsNotAllowed()
    {
        await using var engine = await TestEngine.StartAsync(Token);

        var refused = await Assert.ThrowsAsync<NotAllowedException>(() => engine.Get<ConnectionService>().AddAsync(engine.As(Role.Creator), s_edit, Token));

        Assert.Equal(Role.Admin, refused.Needed);
    }

    [Fact]
    public async Task Update_WithoutAKey_KeepsTheStoredOne()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var id = await AddAsync(engine, s_edit);

        var saved = await engine.Get<ConnectionService>().UpdateAsync(engine.Owner, id, s_edit with { Label = "Renamed", ApiKey = " " }, Token);

        Assert.Equal(id, saved!.Id);
        Assert.Equal("Renamed", (await engine.Get<ConnectionQueries>().GetAsync(engine.Owner, id, Token))!.Label);
        Assert.Equal(Key, (await engine.Get<CredentialsReader>().OpenAsync(id, Token)).ApiKey);
    }

    [Fact]
    public async Task Update_ToAnotherHostWithoutTheKey_IsRefused()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var id = await AddAsync(engine, s_edit);

        var saved = await engine.Get<ConnectionService>().UpdateAsync(
            engine.Owner, id, s_edit with { ApiKey = null, BaseUrl = "https://collector.example/v1" }, Token);

        Assert.Equal(["ApiKey"], saved!.Faults.Select(f => f.Field));
        Assert.Null((await StoredAsync(engine, id)).BaseUrl);
    }

    [Fact]
    public async Task Update_WithANewKey_EndsThePause()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var id = await AddAsync(engine, s_edit);
        await PauseAsync(engine, id);

        await engine.Get<ConnectionService>().UpdateAsync(engine.Owner, id, s_edit with { ApiKey = "sk-another-key-0000" }, Token);

        Assert.Null((await StoredAsync(engine, id)).PausedReason);
    }

    [Fact]
    public async Task Anything_OfAnotherWorkspace_IsLikeSomethingThatIsNotThere()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var id = await AddAsync(engine, s_edit);
        var stranger = await engine.AddStrangerAsync(Token);
        var service = engine.Get<ConnectionService>();

        Assert.Null(await engine.Get<ConnectionQueries>().GetAsync(stranger, id, Token));
        Assert.Null(await service.UpdateAsync(stranger, id, s_edit, Token));
        Assert.Null(await service.TestAsync(stranger, id, s_edit, Token));
        Assert.Null(await engine.Get<ConnectionUse>().DeleteAsync(stranger, id, Token));
        Assert.False(await engine.Get<ConnectionUse>().RestoreAsync(stranger, id, Token));
        Assert.Empty(await engine.Get<ConnectionQueries>().ListAsync(stranger, Token));
        Assert.Empty(engine.Provider.Calls);
    }

    [Fact]
    public async Task Open_AfterTheSealedTextMovedToAnotherRow_SaysThatTheKeyMustBeEnteredAgain()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var first = await AddAsync(engine, s_edit);
        var second = await AddAsync(engine, s_edit with { Label = "Other" });
        await using (var context = engine.CreateContext())
        {
            var stolen = (await StoredAsync(engine, first)).SealedKey;
            await context.Connections.Where(c => c.Id == second).ExecuteUpdateAsync(set => set.SetProperty(c => c.SealedKey, stolen), Token);
        }

        var e = await Assert.ThrowsAsync<KeyUnavailableException>(async () => await engine.Get<CredentialsReader>().OpenAsync(second, Token));

        Assert.Contains("“Other”", e.Message, StringComparison.Ordinal);
    }

    internal static async Task<Guid> AddAsync(TestEngine engine, ConnectionEdit edit)
    {
        var saved = await engine.Get<ConnectionService>().AddAsync(engine.Owner, edit, Token);
        Assert.Empty(saved.Faults);
        return saved.Id!.Value;
    }

    internal static async Task<Connection> StoredAsync(TestEngine engine, Guid id)
    {
        await using var context = engine.CreateContext();
        return await context.Connections.SingleAsync(c => c.Id == id, Token);
    }

    internal static async Task PauseAsync(TestEngine engine, Guid id)
    {
        await using var context = engine.CreateContext();
        await context.Connections.Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.PausedReason, "The key was rejected."), Token);
    }
}
