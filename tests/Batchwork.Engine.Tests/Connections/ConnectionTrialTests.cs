using System.Net;
using Batchwork.Engine.Connections;
using Batchwork.Testing.Engine;

namespace Batchwork.Engine.Tests.Connections;

public sealed class ConnectionTrialTests
{
    private const string Key = "sk-proj-abcdefghijklmnop-9f3Q";
    private const string Models = """{"object":"list","data":[{"id":"gpt-image-2","object":"model"},{"id":"gpt-5","object":"model"}]}""";

    private static readonly ConnectionEdit s_edit = new() { Provider = "openai", Label = "Studio", ApiKey = Key };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Test_OfAWorkingKey_NamesTheModelsForPictures()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        engine.Provider.Answer = _ => StubProvider.Json(Models);

        var test = await TestAsync(engine, null, s_edit);

        Assert.True(test.Works, test.Text);
        Assert.Equal(["gpt-image-2"], test.Models.Select(m => m.Id));
        var call = Assert.Single(engine.Provider.Calls);
        Assert.Equal($"Bearer {Key}", call.Headers.Authorization!.ToString());
    }

    [Fact]
    public async Task Test_OfAKeyWithoutModelsForPictures_WorksAndSaysSo()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        engine.Provider.Answer = _ => StubProvider.Json("""{"object":"list","data":[{"id":"gpt-5","object":"model"}]}""");

        var test = await TestAsync(engine, null, s_edit);

        Assert.True(test.Works);
        Assert.Contains("no model for picture batches", test.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "invalid_api_key", "does not accept this key (401)")]
    [InlineData(HttpStatusCode.Forbidden, "forbidden", "does not let it do this (403)")]
    [InlineData(HttpStatusCode.NotFound, "not_found", "no such API (404)")]
    [InlineData(HttpStatusCode.TooManyRequests, "rate_limit_exceeded", "asks to slow down (429)")]
    [InlineData(HttpStatusCode.TooManyRequests, "insufficient_quota", "out of credit")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "server_error", "in trouble at the moment (503)")]
    public async Task Test_ThatIsRefused_SaysWhyInASentenceWithoutTheKey(HttpStatusCode status, string code, string expected)
    {
        await using var engine = await TestEngine.StartAsync(Token);
        engine.Provider.Answer = _ => StubProvider.Json($$$"""{"error":{"message":"No: {{{Key}}}","type":"x","code":"{{{code}}}"}}""", status);

        var test = await TestAsync(engine, null, s_edit);

        Assert.False(test.Works);
        Assert.Contains(expected, test.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, test.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_WhenNothingCanBeReached_SaysSo()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        engine.Provider.Answer = _ => throw new HttpRequestException(HttpRequestError.NameResolutionError, "Name or service not known");

        var test = await TestAsync(engine, null, s_edit);

        Assert.False(test.Works);
        Assert.NotEmpty(test.Text);
        Assert.DoesNotContain(Key, test.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_OfAWebPage_SaysThatThisIsNotTheApi()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        engine.Provider.Answer = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("<html>Welcome</html>") };

        var test = await TestAsync(engine, null, s_edit with { BaseUrl = "https://gateway.example/v1" });

        Assert.False(test.Works);
        Assert.Contains("gateway.example is not the API of OpenAI", test.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_OfAFormWithFaults_CallsNobody()
    {
        await using var engine = await TestEngine.StartAsync(Token);

        var test = await TestAsync(engine, null, s_edit with { ApiKey = "" });

        Assert.False(test.Works);
        Assert.Equal(["ApiKey"], test.Faults.Select(f => f.Field));
        Assert.Empty(engine.Provider.Calls);
    }

    [Fact]
    public async Task Test_OfAStoredConnection_UsesItsKeyAndEndsItsPause()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        engine.Provider.Answer = _ => StubProvider.Json(Models);
        var id = await ConnectionServiceTests.AddAsync(engine, s_edit);
        await ConnectionServiceTests.PauseAsync(engine, id);

        var test = await TestAsync(engine, id, s_edit with { ApiKey = null });

        Assert.True(test.Works, test.Text);
        Assert.Equal($"Bearer {Key}", Assert.Single(engine.Provider.Calls).Headers.Authorization!.ToString());
        Assert.Null((await ConnectionServiceTests.StoredAsync(engine, id)).PausedReason);
    }

    [Fact]
    public async Task Test_OfAStoredConnectionAtAnotherHost_DoesNotSendTheStoredKeyThere()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        engine.Provider.Answer = _ => StubProvider.Json(Models);
        var id = await ConnectionServiceTests.AddAsync(engine, s_edit);

        var test = await TestAsync(engine, id, s_edit with { ApiKey = null, BaseUrl = "https://collector.example/v1" });

        Assert.Equal(["ApiKey"], test.Faults.Select(f => f.Field));
        Assert.Empty(engine.Provider.Calls);
    }

    private static async Task<ConnectionTest> TestAsync(TestEngine engine, Guid? id, ConnectionEdit edit) =>
        await engine.Get<ConnectionService>().TestAsync(engine.Owner, id, edit, Token) ?? throw new InvalidOperationException("There is no such connection.");
}
