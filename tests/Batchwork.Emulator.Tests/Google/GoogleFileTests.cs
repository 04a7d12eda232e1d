using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Batchwork.Emulator.Google;
using Batchwork.Emulator.Tests.Support;

namespace Batchwork.Emulator.Tests.Google;

public sealed class GoogleFileTests
{
    private const int Chunk = 256 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_InChunks_CanBeResumedAndIsWhole()
    {
        await using var emulation = await Emulation.StartAsync();
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 8000).Select(i => GoogleClient.Line($"{i}", "A fox") + "\n")));
        using var started = await emulation.Google.StartAsync("files/tag", bytes.Length);
        var session = GoogleClient.SessionOf(started);

        using var first = await emulation.Google.SendAsync(session, "upload", 0, bytes.AsMemory(0, Chunk));
        using var wrong = await emulation.Google.SendAsync(session, "upload", 5, bytes.AsMemory(0, Chunk));
        using var asked = await emulation.Google.SendAsync(session, "query", null, default);
        using var last = await emulation.Google.SendAsync(session, "upload, finalize", Chunk, bytes.AsMemory(Chunk));
        using var after = await emulation.Google.SendAsync(session, "query", null, default);
        var file = await emulation.Google.GetAsync("files/tag");

        Assert.Equal(("active", 400), (Status(first), (int)wrong.StatusCode));
        Assert.Equal(("active", $"{Chunk}"), (Status(asked), asked.Headers.GetValues("x-goog-upload-size-received").Single()));
        Assert.Equal(("final", "final"), (Status(last), Status(after)));
        Assert.Equal($"{bytes.Length}", file.Text("sizeBytes"));
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(bytes)), Encoding.ASCII.GetString(Convert.FromBase64String(file.Text("sha256Hash"))));
        Assert.Equal(8000, Assert.Single(emulation.Emulator.Ledger.Read().Entries).Requests);
    }

    [Fact]
    public async Task Upload_BrokenConnection_KeepsWhatArrived()
    {
        await using var emulation = await Emulation.StartAsync();
        using var started = await emulation.Google.StartAsync("files/tag", 2 * Chunk);
        var session = GoogleClient.SessionOf(started);
        emulation.Emulator.Faults.Add("google.files.upload", "accept-then-drop");

        await Assert.ThrowsAnyAsync<Exception>(() => emulation.Google.SendAsync(session, "upload", 0, new byte[Chunk]));
        using var asked = await emulation.Google.SendAsync(session, "query", null, default);

        Assert.Equal($"{Chunk}", asked.Headers.GetValues("x-goog-upload-size-received").Single());
    }

    [Fact]
    public async Task Upload_CutInTheMiddleOfAChunk_ResumesWhereItBroke()
    {
        using var folder = new TemporaryFolder();
        using var program = await ProgramUnderTest.StartAsync(folder.Path);
        program.Client.DefaultRequestHeaders.Add("x-goog-api-key", "AIza-test");
        var google = new GoogleClient(program.Client);
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 8000).Select(i => GoogleClient.Line($"{i}", "A fox") + "\n")));
        using var started = await google.StartAsync("files/tag", bytes.Length);
        var session = GoogleClient.SessionOf(started);

        await SendPartAsync(new Uri(session), bytes, 100_000);
        while (!await IsOverAsync(program))
        {
        }

        using var asked = await google.SendAsync(session, "query", null, default);
        var received = int.Parse(asked.Headers.GetValues("x-goog-upload-size-received").Single(), CultureInfo.InvariantCulture);
        using var rest = await google.SendAsync(session, "upload, finalize", received, bytes.AsMemory(received));
        var file = await google.GetAsync("files/tag");

        Assert.InRange(received, 0, 100_000);
        Assert.Equal(("active", "final"), (Status(asked), Status(rest)));
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(bytes)), Encoding.ASCII.GetString(Convert.FromBase64String(file.Text("sha256Hash"))));
    }

    [Theory]
    [InlineData("files/tag", true, 409)]
    [InlineData("files/tag", false, 200)]
    [InlineData("files/Tag", true, 400)]
    [InlineData("files/-tag", true, 400)]
    [InlineData("tag", true, 400)]
    [InlineData("files/a123456789012345678901234567890123456789x", true, 400)]
    public async Task Upload_NameTakenOrWrong_IsRefused(string name, bool taken, int status)
    {
        await using var emulation = await Emulation.StartAsync(
            new EmulatorSettings { Google = new GoogleSettings { NamesAreTaken = taken } });
        _ = await emulation.Google.UploadAsync("files/tag", GoogleClient.Line("a", "A fox"));

        using var second = await emulation.Google.StartAsync(name, 1);

        Assert.Equal(status, (int)second.StatusCode);
    }

    [Fact]
    public async Task Get_UnknownOrLongName_AsTheApiSays()
    {
        await using var emulation = await Emulation.StartAsync();

        var (unknown, error) = await Emulation.ErrorAsync(await emulation.Client.GetAsync(GoogleClient.V1 + "files/nope", Token));
        var (tooLong, _) = await Emulation.ErrorAsync(
            await emulation.Client.GetAsync(GoogleClient.V1 + "files/batch-" + new string('a', 36), Token));

        Assert.Equal((403, "PERMISSION_DENIED", 400), (unknown, error.Text("status"), tooLong));
    }

    [Fact]
    public async Task Delete_ThenUploadAgain_NameIsFree()
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);
        _ = await emulation.Google.UploadAsync("files/tag", GoogleClient.Line("a", "A fox"));
        using var created = await emulation.Google.PostFileBatchAsync("files/tag");
        using var deleted = await emulation.Client.DeleteAsync(GoogleClient.V1 + "files/tag", Token);

        var again = await emulation.Google.UploadAsync("files/tag", GoogleClient.Line("b", "A bear"));
        var batch = await emulation.Google.GetAsync((await Emulation.ReadAsync(created)).Text("name"));

        Assert.Equal("files/tag", again.Text("name"));
        Assert.Equal("a", Assert.Single(await emulation.Google.ResultsAsync(batch)).Text("key"));
    }

    [Fact]
    public async Task Upload_ThatIsProcessing_CannotBeUsedYet()
    {
        await using var emulation = await Emulation.StartAsync(
            new EmulatorSettings { Google = new GoogleSettings { Processing = TimeSpan.FromSeconds(5) } });
        var file = await emulation.Google.UploadAsync("files/tag", GoogleClient.Line("a", "A fox"));

        var (status, error) = await Emulation.ErrorAsync(await emulation.Google.PostFileBatchAsync("files/tag"));
        emulation.Time.Advance(TimeSpan.FromSeconds(6));
        using var later = await emulation.Google.PostFileBatchAsync("files/tag");

        Assert.Equal(("PROCESSING", 400, "FAILED_PRECONDITION"), (file.Text("state"), status, error.Text("status")));
        Assert.True(later.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Download_UploadedFile_IsRefused()
    {
        await using var emulation = await Emulation.StartAsync();
        _ = await emulation.Google.UploadAsync("files/tag", GoogleClient.Line("a", "A fox"));

        using var response = await emulation.Client.GetAsync(GoogleClient.V1 + "files/tag:download?alt=media", Token);

        Assert.Equal(400, (int)response.StatusCode);
    }

    [Fact]
    public async Task List_Files_HasUploadsOnly()
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);
        _ = await emulation.Google.SubmitInlineAsync(GoogleClient.Inline("a", "A fox"));
        _ = await emulation.Google.UploadAsync("files/tag", GoogleClient.Line("a", "A fox"));

        var list = await emulation.Google.GetAsync("files");

        Assert.Equal("files/tag", Assert.Single(list["files"]!.AsArray())!.Text("name"));
    }

    // The emulator has noticed that the caller is gone.
    private static async Task<bool> IsOverAsync(ProgramUnderTest program)
    {
        var ledger = await Emulation.ReadAsync(await program.Client.GetAsync("_emulator/ledger", Token));
        var answers = ledger["requests"]?["google.files.upload"]?["answers"]?.AsObject();
        Assert.All(answers ?? [], answer => Assert.Equal("aborted", answer.Key));
        return answers is { Count: > 0 };
    }

    // Announces everything, sends a part and is gone.
    private static async Task SendPartAsync(Uri session, byte[] bytes, int part)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(session.Host, session.Port, Token);
        var head = $"POST {session.PathAndQuery} HTTP/1.1\r\nHost: {session.Authority}\r\nContent-Length: {bytes.Length}\r\n"
            + "X-Goog-Upload-Command: upload, finalize\r\nX-Goog-Upload-Offset: 0\r\n\r\n";
        await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), Token);
        await tcp.GetStream().WriteAsync(bytes.AsMemory(0, part), Token);
    }

    private static string Status(HttpResponseMessage response) => response.Headers.GetValues("x-goog-upload-status").Single();
}
