using Batchwork.Emulator.Pictures;
using Batchwork.Emulator.Pictures.Compositions;
using Batchwork.Emulator.Pictures.Painting;
using Batchwork.Emulator.Tests.Support;
using NetVips;

namespace Batchwork.Emulator.Tests;

public sealed class PictureTests
{
    [Theory]
    [InlineData("png", 1024, 1024, "pngload_buffer")]
    [InlineData("jpeg", 1536, 1024, "jpegload_buffer")]
    [InlineData("webp", 1024, 1536, "webpload_buffer")]
    [InlineData("png", 16, 48, "pngload_buffer")]
    [InlineData("png", 3840, 2160, "pngload_buffer")]
    [InlineData("webp", 272, 96, "webpload_buffer")]
    public async Task Picture_AskedFor_DecodesInFormatAndSize(string format, int width, int height, string loader)
    {
        await using var emulation = await Emulation.StartInstantAsync();
        var batch = await emulation.SubmitAsync(
            $$$"""{"custom_id":"a","method":"POST","url":"/v1/images/generations","body":{"model":"gpt-image-2","prompt":"A fox","size":"{{{width}}}x{{{height}}}","output_format":"{{{format}}}"}}""");

        var bytes = Assert.Single(Assert.Single(await emulation.ResultsAsync(batch)).Pictures());

        Assert.Equal(
            loader,
            Image.FindLoadBuffer(bytes) switch { "VipsForeignLoadPngBuffer" => "pngload_buffer", "VipsForeignLoadJpegBuffer" => "jpegload_buffer", "VipsForeignLoadWebpBuffer" => "webpload_buffer", var other => other });
        using var image = Image.NewFromBuffer(bytes, failOn: Enums.FailOn.Warning);
        Assert.Equal((width, height, 3), (image.Width, image.Height, image.Bands));
        Assert.True(image.Deviate() > 3, "A picture of one colour is no picture.");
    }

    [Fact]
    public async Task Picture_SizeAuto_Is1024Square()
    {
        await using var emulation = await Emulation.StartInstantAsync();
        var batch = await emulation.SubmitAsync(
            """{"custom_id":"a","method":"POST","url":"/v1/images/generations","body":{"model":"gpt-image-2","prompt":"A fox","size":"auto"}}""");

        using var image = Image.NewFromBuffer(Assert.Single(await emulation.ResultsAsync(batch)).Pictures()[0]);

        Assert.Equal((1024, 1024), (image.Width, image.Height));
    }

    [Fact]
    public void Make_SameSeedPromptAndIndex_SameBytes()
    {
        var request = new PictureRequest("A fox in the snow", 1, 320, 192, PictureFormat.Png);

        Assert.Equal(PictureMaker.Make(request, 7), PictureMaker.Make(request with { }, 7));
    }

    [Fact]
    public void Make_OtherSeedPromptIndexOrSize_OtherBytes()
    {
        var request = new PictureRequest("A fox in the snow", 0, 128, 128, PictureFormat.Png);
        byte[][] pictures =
        [
            PictureMaker.Make(request, 1),
            PictureMaker.Make(request, 2),
            PictureMaker.Make(request with { Prompt = "A bear in the snow" }, 1),
            PictureMaker.Make(request with { Index = 1 }, 1),
            PictureMaker.Make(request with { Width = 144 }, 1),
        ];

        Assert.Equal(pictures.Length, pictures.Select(Convert.ToBase64String).Distinct().Count());
    }

    [Theory]
    [InlineData("Png")]
    [InlineData("Webp")]
    public void Make_Transparent_CornersAreSeenThroughAndTheMiddleIsNot(string format)
    {
        var bytes = PictureMaker.Make(
            new PictureRequest("A fox", 0, 256, 128, Enum.Parse<PictureFormat>(format)) { Transparent = true }, 1);

        using var image = Image.NewFromBuffer(bytes);
        Assert.Equal(4, image.Bands);
        Assert.Equal((0, 255), (image.Getpoint(0, 0)[3], image.Getpoint(128, 64)[3]));
    }

    [Theory]
    [MemberData(nameof(Motifs))]
    public void Make_EachMotifInOddSizes_IsPainted(int motif)
    {
        foreach (var (width, height) in new[] { (17, 33), (96, 32), (250, 250) })
        {
            var request = new PictureRequest("A fox", 0, width, height, PictureFormat.Png);

            using var image = Image.NewFromBuffer(
                PictureMaker.Make(request, (Motif)motif, Mood.Sea, new SeededRandom(5)), failOn: Enums.FailOn.Warning);

            Assert.Equal((width, height), (image.Width, image.Height));
            Assert.True(image.Deviate() > 2);
        }
    }

    public static TheoryData<int> Motifs => [.. Enum.GetValues<Motif>().Select(motif => (int)motif)];

    [Theory]
    [InlineData("[[corrupt]]", false)]
    [InlineData("[[truncated]]", false)]
    [InlineData("[[notimage]]", false)]
    [InlineData("[[notimage:svg]]", false)]
    [InlineData("[[mislabelled]]", true)]
    [InlineData("A plain fox", true)]
    public async Task Marker_OfDamage_DecodesOrNot(string marker, bool decodes)
    {
        await using var emulation = await Emulation.StartInstantAsync();
        var batch = await emulation.SubmitAsync(Emulation.Line("a", $"A fox {marker}"));
        var bytes = Assert.Single(await emulation.ResultsAsync(batch)).Pictures()[0];

        var works = Record.Exception(() =>
        {
            using var image = Image.NewFromBuffer(bytes, failOn: Enums.FailOn.Truncated);
            _ = image.Avg();
        }) is null && bytes[0] is 0x89 or 0xFF;

        Assert.Equal(decodes, works);
        Assert.Equal(marker == "[[mislabelled]]", bytes[0] == 0xFF);
    }

    [Theory]
    [InlineData("[[badbase64]]")]
    [InlineData("[[loosebase64]]")]
    [InlineData("[[empty]]")]
    public async Task Marker_OfBase64_IsNotTheUsual(string marker)
    {
        await using var emulation = await Emulation.StartInstantAsync();
        var batch = await emulation.SubmitAsync(Emulation.Line("a", $"A fox {marker}"), Emulation.Line("b", "A fox"));
        var lines = (await emulation.ResultsAsync(batch)).ToDictionary(line => line.Text("custom_id"), line => line.At("response.body.data")![0]!.Text("b64_json"));

        switch (marker)
        {
            case "[[empty]]":
                Assert.Empty(lines["a"]);
                break;
            case "[[loosebase64]]":
                Assert.Equal(lines["b"].TrimEnd('='), lines["a"].Replace('-', '+').Replace('_', '/'));
                Assert.NotEqual(lines["b"], lines["a"]);
                break;
            default:
                Assert.Throws<FormatException>(() => Convert.FromBase64String(lines["a"]));
                break;
        }
    }

    [Fact]
    public async Task Repeat_ManyRequests_UsesAFewPictures()
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 3);
        var batch = await emulation.SubmitAsync([.. Enumerable.Range(0, 40).Select(i => Emulation.Line($"{i}", $"Fox {i}"))]);

        var pictures = (await emulation.ResultsAsync(batch)).Select(line => Convert.ToBase64String(line.Pictures()[0])).Distinct().ToList();

        Assert.Equal(3, pictures.Count);
    }
}
