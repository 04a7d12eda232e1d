using System.Net;
using System.Text;
using Batchwork.Emulator.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;

namespace Batchwork.Emulator.Tests;

public sealed class ControlTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Settings_PutSome_ChangesThoseAndKeepsTheRest()
    {
        await using var emulation = await Emulation.StartAsync();

        var changed = await Emulation.ReadAsync(await PutAsync(emulation, """{"repeat":4,"listLag":"90s","schedule":{"validating":"250ms"}}"""));

        Assert.Equal(
            (4L, "00:01:30", "00:00:00.2500000"), (changed.Number("repeat"), changed.Text("listLag"), changed.Text("schedule.validating")));
        Assert.Equal("00:00:05", changed.Text("schedule.shortestRun"));
        Assert.Equal(changed.ToJsonString(), (await emulation.GetAsync("_emulator/settings")).ToJsonString());
    }

    [Theory]
    [InlineData("""{"reapet":4}""")]
    [InlineData("""{"repeat":-1}""")]
    [InlineData("""{"schedule":{"validated":"1s"}}""")]
    [InlineData("""{"schedule":{"validating":"soon"}}""")]
    [InlineData("""{"outputFormat":"gif"}""")]
    [InlineData("""{"stateFolder":"/tmp"}""")]
    [InlineData("""{"pictureThreads":2}""")]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    public async Task Settings_PutNonsense_ChangesNothingAndSaysWhy(string json)
    {
        await using var emulation = await Emulation.StartAsync();
        var before = await emulation.GetAsync("_emulator/settings");

        using var response = await PutAsync(emulation, json);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("problems", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(before.ToJsonString(), (await emulation.GetAsync("_emulator/settings")).ToJsonString());
    }

    [Fact]
    public async Task Settings_AfterRestart_AreKeptUntilReset()
    {
        using var folder = new TemporaryFolder();
        var settings = new EmulatorSettings { StateFolder = folder.Path, Seed = 3 };
        var first = await Emulation.StartAsync(settings);
        (await PutAsync(first, """{"repeat":4}""")).Dispose();
        await first.DisposeAsync();

        await using var second = await Emulation.StartAsync(settings);
        var kept = await second.GetAsync("_emulator/settings");
        (await second.Client.DeleteAsync("_emulator/settings", Token)).Dispose();
        var reset = await second.GetAsync("_emulator/settings");

        Assert.Equal((4, 3, 0), (kept.Number("repeat"), kept.Number("seed"), reset.Number("repeat")));
    }

    [Fact]
    public async Task Clock_AdvanceFreezeRun_MovesTheEmulatorsDateOnly()
    {
        await using var emulation = await Emulation.StartAsync();

        var ahead = await PostAsync(emulation, "clock", """{"advance":"2h"}""");
        var frozen = await PostAsync(emulation, "clock", """{"freeze":true,"advance":"1m"}""");
        emulation.Time.Advance(TimeSpan.FromHours(5));
        var still = await emulation.GetAsync("_emulator/clock");
        var running = await PostAsync(emulation, "clock", """{"run":true}""");
        emulation.Time.Advance(TimeSpan.FromMinutes(1));
        var later = await emulation.GetAsync("_emulator/clock");

        Assert.Equal(Emulation.Start.AddHours(2), At(ahead));
        Assert.Equal(Emulation.Start.AddHours(2).AddMinutes(1), At(frozen));
        Assert.True(still["frozen"]!.GetValue<bool>());
        Assert.Equal((At(frozen), At(frozen), At(frozen).AddMinutes(1)), (At(still), At(running), At(later)));

        static DateTimeOffset At(System.Text.Json.Nodes.JsonObject clock) => clock["now"]!.GetValue<DateTimeOffset>();
    }

    [Fact]
    public async Task Clock_AfterRestart_DoesNotRunBackwards()
    {
        using var folder = new TemporaryFolder();
        var settings = new EmulatorSettings { StateFolder = folder.Path };
        var first = await Emulation.StartAsync(settings);
        _ = await PostAsync(first, "clock", """{"advance":"1d"}""");
        await first.DisposeAsync();

        await using var second = await Emulation.StartAsync(settings, first.Time);

        Assert.Equal(Emulation.Start.AddDays(1), second.Emulator.Clock.GetUtcNow());
    }

    [Theory]
    [InlineData("""{"advance":"-1s"}""")]
    [InlineData("""{"advance":"soon"}""")]
    public async Task Clock_Nonsense_Refused(string json)
    {
        await using var emulation = await Emulation.StartAsync();

        using var response = await emulation.Client.PostAsync("_emulator/clock", Json(json), Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Faults_OverHttp_AddedListedAndRemoved()
    {
        await using var emulation = await Emulation.StartAsync();

        var id = (await PostAsync(emulation, "faults", """{"on":"openai.models.list","do":"status:503","after":2,"times":3,"seed":9}""")).Text("id");
        var listed = await emulation.Client.GetStringAsync("_emulator/faults", Token);
        using var removed = await emulation.Client.DeleteAsync($"_emulator/faults/{id}", Token);
        using var again = await emulation.Client.DeleteAsync($"_emulator/faults/{id}", Token);

        Assert.Contains("openai.models.list", listed, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (removed.StatusCode, again.StatusCode));
        Assert.Empty(emulation.Emulator.Faults.Rules);
    }

    [Theory]
    [InlineData("""{"on":"*"}""")]
    [InlineData("""{"on":"*","do":"explode"}""")]
    [InlineData("""{"on":"*","do":"stall","times":-1}""")]
    [InlineData("""{""")]
    public async Task Faults_Nonsense_Refused(string json)
    {
        await using var emulation = await Emulation.StartAsync();

        using var response = await emulation.Client.PostAsync("_emulator/faults", Json(json), Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Post_PlainText_Refused()
    {
        await using var emulation = await Emulation.StartAsync();

        using var response = await emulation.Client.PostAsync("_emulator/clock", new StringContent("""{"advance":"1h"}""", Encoding.UTF8, "text/plain"), Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(Emulation.Start, emulation.Emulator.Clock.GetUtcNow());
    }

    [Theory]
    [InlineData("127.0.0.1", "localhost", HttpStatusCode.OK)]
    [InlineData("::1", "[::1]:5090", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", "evil.example", HttpStatusCode.NotFound)]
    [InlineData("192.0.2.7", "localhost", HttpStatusCode.NotFound)]
    [InlineData(null, "localhost", HttpStatusCode.NotFound)]
    public async Task Control_Caller_MustBeOnThisMachine(string? address, string host, HttpStatusCode status)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddEmulator();
        await using var app = builder.Build();
        app.Use((HttpContext context, RequestDelegate next) =>
        {
            context.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
            return next(context);
        });
        app.MapEmulator();
        await app.StartAsync(Token);
        using var client = app.GetTestClient();
        client.DefaultRequestHeaders.Host = host;

        using var response = await client.GetAsync("_emulator/ledger", Token);
        using var open = await client.GetAsync("openai/v1/models", Token);

        Assert.Equal((status, HttpStatusCode.Unauthorized), (response.StatusCode, open.StatusCode));
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static Task<HttpResponseMessage> PutAsync(Emulation emulation, string json) =>
        emulation.Client.PutAsync("_emulator/settings", Json(json), Token);

    private static async Task<System.Text.Json.Nodes.JsonObject> PostAsync(Emulation emulation, string what, string json) =>
        await Emulation.ReadAsync(await emulation.Client.PostAsync($"_emulator/{what}", Json(json), Token));
}
