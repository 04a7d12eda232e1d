using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Tests.Support;

namespace Batchwork.Emulator.Tests;

public sealed class TwistedLineTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("invalid-json")]
    [InlineData("cut")]
    public async Task Line_MadeUnreadable_IsNoJsonAndTheNextOneIs(string twist)
    {
        var lines = await LinesAsync(twist);

        Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(lines[0]));
        Assert.NotNull(JsonNode.Parse(lines[1]));
    }

    [Fact]
    public async Task Line_Deep_IsDeeperThanReadersGo()
    {
        var lines = await LinesAsync("deep");

        Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(lines[0]));
        Assert.NotNull(JsonNode.Parse(lines[0], documentOptions: new JsonDocumentOptions { MaxDepth = 300 }));
    }

    [Theory]
    [InlineData("invalid-utf8", new byte[] { 0xC3, 0x28 })]
    [InlineData("nul", new byte[] { 0 })]
    [InlineData("bom", new byte[] { 0xEF, 0xBB, 0xBF })]
    [InlineData("crlf", new byte[] { 0x0D, 0x0A })]
    [InlineData("blank", new byte[] { 0x0A, 0x0A })]
    [InlineData("lone-surrogate", new byte[] { (byte)'\\', (byte)'u', (byte)'d', (byte)'8', (byte)'0', (byte)'0' })]
    [InlineData("huge-number", new byte[] { (byte)'1', (byte)'e', (byte)'4', (byte)'0', (byte)'0' })]
    public async Task Line_WithOddBytes_HasThemOnce(string twist, byte[] bytes)
    {
        var content = await ContentAsync(twist);

        var at = content.AsSpan().IndexOf(bytes);
        Assert.True(at >= 0);
        Assert.True(content.AsSpan(at + bytes.Length).IndexOf(bytes) < 0);
    }

    [Fact]
    public async Task Line_DuplicateKeys_HasTwoIds()
    {
        var lines = await LinesAsync("duplicate-keys");

        Assert.Equal(3, lines[0].Split("\"custom_id\"").Length);
        Assert.Throws<JsonException>(() => JsonDocument.Parse(lines[0], new JsonDocumentOptions { AllowDuplicateProperties = false }));
    }

    [Fact]
    public async Task Line_ManyKeys_IsReadable()
    {
        var lines = await LinesAsync("many-keys");

        Assert.True(lines[0].Length > 8_000_000);
        using var json = JsonDocument.Parse(lines[0]);
        Assert.Equal("a", json.RootElement.GetProperty("custom_id").GetString());
    }

    [Fact]
    public async Task Fault_OnCreate_BreaksEveryThirdLine()
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);
        emulation.Emulator.Faults.Add("openai.batches.create", "lines:missing;every=3");
        var batch = await emulation.SubmitAsync([.. Enumerable.Range(0, 9).Select(i => Emulation.Line($"{i}", "A fox"))]);

        Assert.Equal(6, (await emulation.ResultsAsync(batch)).Count);
    }

    private static async Task<string[]> LinesAsync(string twist) =>
        Encoding.UTF8.GetString(await ContentAsync(twist)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    // The file's first line carries the twist; its second is as it should be.
    private static async Task<byte[]> ContentAsync(string twist)
    {
        await using var emulation = await Emulation.StartAsync(new EmulatorSettings { Schedule = BatchSchedule.Instant });
        emulation.Emulator.Faults.Add("openai.batches.create", $"lines:{twist};at=1");
        var lines = twist == "many-keys"
            ? [Emulation.Line("a", "A fox")]
            : new[] { Emulation.Line("a", "A fox"), Emulation.Line("b", "A bear") };
        var batch = await emulation.RetrieveAsync(await emulation.SubmitAsync(lines));
        return await emulation.Client.GetByteArrayAsync($"openai/v1/files/{batch.Text("output_file_id")}/content", Token);
    }
}
