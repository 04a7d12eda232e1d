using System.Text;
using Batchwork.Engine.Images;
using Batchwork.Testing.Pictures;
using Microsoft.Extensions.Logging.Abstractions;
using NetVips;

namespace Batchwork.Engine.Tests.Images;

public sealed class VipsThumbnailerTests
{
    private readonly VipsThumbnailer _thumbnailer = new(NullLogger<VipsThumbnailer>.Instance);

    public static TheoryData<string, byte[]> Types => new()
    {
        { MediaTypes.Png, TestPictures.Png(1600, 800) },
        { MediaTypes.Png, TestPictures.Png(1600, 800, interlaced: true) },
        { MediaTypes.Jpeg, TestPictures.Jpeg(1600, 800) },
        { MediaTypes.Jpeg, TestPictures.Jpeg(1600, 800, progressive: true) },
        { MediaTypes.WebP, TestPictures.WebP(1600, 800) },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void Make_EachType_GivesAWebPWithALongestEdgeOf512(string mediaType, byte[] picture)
    {
        var thumbnail = Make(picture, mediaType);

        Assert.Equal(MediaTypes.WebP, MediaTypes.Sniff(thumbnail));
        Assert.Equal(new ImageHeader(512, 256, false), ImageHeader.Read(new MemoryStream(thumbnail!), MediaTypes.WebP));
    }

    [Fact]
    public void Make_ASmallPicture_IsNotEnlarged() =>
        Assert.Equal(new ImageHeader(64, 48, false), ImageHeader.Read(new MemoryStream(Make(TestPictures.Png(64, 48), MediaTypes.Png)!), MediaTypes.WebP));

    [Fact]
    public void Make_APictureWithExif_TurnsItAndLeavesTheDataOut()
    {
        var picture = TestPictures.JpegWithExif(400, 200);
        Assert.Contains("SECRET PLACE", Encoding.Latin1.GetString(picture), StringComparison.Ordinal);

        var thumbnail = Make(picture, MediaTypes.Jpeg)!;

        Assert.DoesNotContain("SECRET PLACE", Encoding.Latin1.GetString(thumbnail), StringComparison.Ordinal);
        Assert.DoesNotContain("EXIF", Encoding.Latin1.GetString(thumbnail), StringComparison.Ordinal);
        Assert.Equal(new ImageHeader(200, 400, false), ImageHeader.Read(new MemoryStream(thumbnail), MediaTypes.WebP));
    }

    [Theory]
    [InlineData(30_000, 30_000, false)]
    [InlineData(12_000, 12_000, true)]
    [InlineData(6_400, 6_400, true)]
    [InlineData(10_001, 10_000, false)]
    public void Make_MorePixelsThanAreDecoded_GivesNone(int width, int height, bool interlaced) =>
        Assert.Null(Make(TestPictures.PngBomb(width, height, interlaced), MediaTypes.Png));

    [Fact]
    public void Make_ATruncatedPicture_GivesNone()
    {
        var picture = TestPictures.Png(800, 800);

        Assert.Null(Make(picture[..(picture.Length / 2)], MediaTypes.Png));
    }

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"/>", MediaTypes.Png)]
    [InlineData("GIF89a\u0001\u0000\u0001\u0000", MediaTypes.Unknown)]
    [InlineData("", MediaTypes.Jpeg)]
    public void Make_SomethingElseUnderAPicturesName_GivesNone(string content, string mediaType) =>
        Assert.Null(Make(Encoding.Latin1.GetBytes(content), mediaType));

    [Fact]
    public void Make_AnSvgBehindAPngHeader_GivesNone()
    {
        var png = TestPictures.Png();
        byte[] polyglot = [.. png[..33], .. "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"/>"u8];

        Assert.Null(Make(polyglot, MediaTypes.Png));
    }

    [Theory]
    [InlineData("VipsForeignLoadSvgBuffer", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"/>")]
    [InlineData("VipsForeignLoadGif", "GIF89a\u0001\u0000\u0001\u0000\u0080\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000!\u00f9\u0004\u0001\u0000\u0000\u0000\u0000,\u0000\u0000\u0000\u0000\u0001\u0000\u0001\u0000\u0000\u0002\u0002D\u0001\u0000;")]
    public void Libvips_OtherLoaders_AreShut(string loader, string content)
    {
        Assert.NotEmpty(loader);

        Assert.Throws<VipsException>(() =>
        {
            using var image = Image.NewFromBuffer(Encoding.Latin1.GetBytes(content));
            _ = image.Avg();
        });
    }

    private byte[]? Make(byte[] picture, string mediaType) => _thumbnailer.Make(new MemoryStream(picture), mediaType);
}
