using System.Text;
using Batchwork.Emulator.Tests.Support;

namespace Batchwork.Emulator.Tests;

/// <summary>Pictures that are none, or too much of one.</summary>
public sealed class DamageTests
{
    [Theory]
    [InlineData("[[bytes:5MB]]", 5_000_000)]
    [InlineData("[[bytes:4MiB]]", 4 << 20)]
    public async Task Bytes_PadThePicture_WhichStaysOne(string marker, int bytes)
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);
        var batch = await emulation.SubmitAsync(Emulation.Line("a", $"A fox {marker}"), Emulation.Line("b", "A fox"));

        var lines = (await emulation.ResultsAsync(batch)).ToDictionary(line => line.Text("custom_id"), line => line.Pictures()[0]);

        Assert.InRange(lines["a"].Length, bytes - 2, bytes);
        Assert.Equal(lines["b"], lines["a"][..lines["b"].Length]);
        Assert.True(lines["a"].AsSpan(lines["b"].Length).IndexOfAnyExcept((byte)0) < 0);
    }

    [Theory]
    [InlineData("[[bomb]]", 30_000, 30_000)]
    [InlineData("[[bomb:interlaced]]", 12_000, 12_000)]
    [InlineData("[[bomb:frames]]", 1, 1)]
    [InlineData("[[bomb:profile]]", 1, 1)]
    public async Task Bomb_IsASmallPngOfManyPixels(string marker, int width, int height)
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);
        var batch = await emulation.SubmitAsync(Emulation.Line("a", $"A fox {marker}"));

        var png = Assert.Single(await emulation.ResultsAsync(batch)).Pictures()[0];

        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        Assert.Equal((width, height), (Number(png, 16), Number(png, 20)));
        Assert.True(png.Length < 1 << 20);
    }

    [Theory]
    [InlineData("[[notimage:json]]", "{")]
    [InlineData("[[notimage:pdf]]", "%PDF")]
    [InlineData("[[notimage:polyglot]]", "GIF89a")]
    public async Task NotImage_IsSomethingElse(string marker, string begins)
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);
        var batch = await emulation.SubmitAsync(Emulation.Line("a", $"A fox {marker}"));

        var bytes = Assert.Single(await emulation.ResultsAsync(batch)).Pictures()[0];

        Assert.StartsWith(begins, Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SpacedBase64_HasSpacesAndIsTheSamePicture()
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);
        var batch = await emulation.SubmitAsync(Emulation.Line("a", "A fox [[spacedbase64]]"), Emulation.Line("b", "A fox"));

        var lines = (await emulation.ResultsAsync(batch)).ToDictionary(line => line.Text("custom_id"));

        var data = lines["a"]["response"]!["body"]!["data"]![0]!.Text("b64_json");
        Assert.Contains(' ', data);
        Assert.Equal(lines["b"].Pictures()[0], Convert.FromBase64String(data));
    }

    [Theory]
    [InlineData("[[nousage]]", null)]
    [InlineData("[[badusage]]", -1)]
    public async Task Usage_LeftOutOrNegative(string marker, int? sign)
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);
        var openai = Assert.Single(await emulation.ResultsAsync(
            await emulation.SubmitAsync(Emulation.Line("a", $"A fox {marker}"))));
        var xai = Assert.Single(await emulation.XAI.ResultsAsync(
            await emulation.XAI.SubmitAsync(XAIClient.Line("a", $"A fox {marker}"))));

        Assert.Equal(sign, Sign(openai.At("response.body.usage.total_tokens")?.GetValue<long>()));
        Assert.Equal(sign, Sign(xai.At("batch_result.response.image_generation.usage.cost_in_usd_ticks")?.GetValue<long>()));
    }

    private static int? Sign(long? number) => number is { } value ? Math.Sign(value) : null;

    private static int Number(byte[] bytes, int at) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
}
