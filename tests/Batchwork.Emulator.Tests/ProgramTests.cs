using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Batchwork.Emulator.Tests.Support;

namespace Batchwork.Emulator.Tests;

/// <summary>Over a real socket, and through a real kill.</summary>
public sealed class ProgramTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_InTheMiddleOfABatch_NothingAcceptedIsLost()
    {
        using var folder = new TemporaryFolder();
        JsonObject batch;
        using (var first = await ProgramUnderTest.StartAsync(folder.Path, "--Emulator:Schedule:Validating", "00:00:00"))
        {
            batch = await SubmitAsync(first, Emulation.Line("a", "A fox"), Emulation.Line("b", "A bear [[refuse]]"));
            _ = await GetAsync(first, $"openai/v1/batches/{batch.Text("id")}");
            await first.KillAsync();
        }

        using var second = await ProgramUnderTest.StartAsync(folder.Path);
        (await second.Client.PostAsync("_emulator/clock", Json("""{"advance":"1h"}"""), Token)).Dispose();
        var done = await GetAsync(second, $"openai/v1/batches/{batch.Text("id")}");
        var ledger = await GetAsync(second, "_emulator/ledger");
        var output = await second.Client.GetStringAsync($"openai/v1/files/{done.Text("output_file_id")}/content", Token);

        Assert.Equal(
            ("completed", 1L, 1L), (done.Text("status"), done.Number("request_counts.completed"), done.Number("request_counts.failed")));
        Assert.Equal((1, 1), (ledger.Number("totals.creates"), ledger.Number("totals.uploads")));
        Assert.Equal("a", JsonNode.Parse(output)!.Text("custom_id"));
    }

    [Theory]
    [InlineData("drop-before", 0)]
    [InlineData("accept-then-drop", 1)]
    public async Task Drop_OnCreate_CutsTheConnection(string fault, int creates)
    {
        using var folder = new TemporaryFolder();
        using var program = await ProgramUnderTest.StartAsync(folder.Path);
        var file = await UploadAsync(program, Emulation.Line("a", "A fox"));
        await AddFaultAsync(program, "openai.batches.create", fault);

        await Assert.ThrowsAsync<HttpRequestException>(() => CreateAsync(program, file.Text("id")));

        var ledger = await GetAsync(program, "_emulator/ledger");
        Assert.Equal(
            (creates, 1), (ledger.Number("totals.creates"), ledger["requests"]!["openai.batches.create"]!.Number("answers.aborted")));
    }

    [Theory]
    [InlineData("close", 0)]
    [InlineData("accept-then-close", 1)]
    public async Task Close_OnCreate_EndsTheConnection(string fault, int creates)
    {
        using var folder = new TemporaryFolder();
        using var program = await ProgramUnderTest.StartAsync(folder.Path);
        var file = await UploadAsync(program, Emulation.Line("a", "A fox"));
        await AddFaultAsync(program, "openai.batches.create", fault);

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => CreateAsync(program, file.Text("id")));

        Assert.Equal(HttpRequestError.ResponseEnded, (error.InnerException as HttpIOException)?.HttpRequestError ?? error.HttpRequestError);
        Assert.Equal(creates, (await GetAsync(program, "_emulator/ledger")).Number("totals.creates"));
    }

    [Theory]
    [InlineData("reset-at:40000", 40_000)]
    [InlineData("length:5", 100_000)]
    public async Task Content_CutOff_FailsForTheReader(string fault, int most)
    {
        using var folder = new TemporaryFolder();
        using var program = await ProgramUnderTest.StartAsync(folder.Path);
        var file = await UploadAsync(program, new string(' ', 100_000));
        await AddFaultAsync(program, "openai.files.content", fault);
        using var received = new MemoryStream();

        var error = await Record.ExceptionAsync(async () =>
        {
            using var response = await program.Client.GetAsync(
                $"openai/v1/files/{file.Text("id")}/content", HttpCompletionOption.ResponseHeadersRead, Token);
            await using var stream = await response.Content.ReadAsStreamAsync(Token);
            await stream.CopyToAsync(received, Token);
        });

        Assert.True(error is HttpIOException or HttpRequestException or IOException { InnerException: SocketException }, $"{error}");
        Assert.InRange(received.Length, 0, most);
    }

    [Fact]
    public async Task StallAt_Content_SendsSoMuchAndNoMore()
    {
        using var folder = new TemporaryFolder();
        using var program = await ProgramUnderTest.StartAsync(folder.Path);
        var file = await UploadAsync(program, new string('x', 1000));
        await AddFaultAsync(program, "openai.files.content", "stall-at:10");

        using var response = await program.Client.GetAsync(
            $"openai/v1/files/{file.Text("id")}/content", HttpCompletionOption.ResponseHeadersRead, Token);
        await using var stream = await response.Content.ReadAsStreamAsync(Token);
        var received = new byte[10];
        await stream.ReadExactlyAsync(received, Token);
        var next = stream.ReadAsync(new byte[1], Token).AsTask();

        Assert.Equal("xxxxxxxxxx", Encoding.ASCII.GetString(received));
        Assert.False(next.IsCompleted);
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static async Task<JsonObject> GetAsync(ProgramUnderTest program, string path) =>
        await Emulation.ReadAsync(await program.Client.GetAsync(path, Token));

    private static async Task<JsonObject> UploadAsync(ProgramUnderTest program, params string[] lines)
    {
        using var form = Emulation.Form(string.Join('\n', lines));
        return await Emulation.ReadAsync(await program.Client.PostAsync("openai/v1/files", form, Token));
    }

    private static async Task<JsonObject> CreateAsync(ProgramUnderTest program, string fileId) =>
        await Emulation.ReadAsync(await program.Client.PostAsJsonAsync(
            "openai/v1/batches", new { input_file_id = fileId, endpoint = Emulation.Generations, completion_window = "24h" }, Token));

    private static async Task<JsonObject> SubmitAsync(ProgramUnderTest program, params string[] lines) =>
        await CreateAsync(program, (await UploadAsync(program, lines)).Text("id"));

    private static async Task AddFaultAsync(ProgramUnderTest program, string on, string what)
    {
        using var added = await program.Client.PostAsJsonAsync(
            "_emulator/faults", new Dictionary<string, string> { ["on"] = on, ["do"] = what }, Token);
        Assert.True(added.IsSuccessStatusCode);
    }
}
