using Batchwork.Emulator.Pictures;

namespace Batchwork.Emulator.Markers;

/// <summary>Names and makes the damages.</summary>
internal static class PictureDamages
{
    private static ReadOnlySpan<byte> Page =>
        "<!doctype html><html><head><title>502</title></head><body><h1>Bad gateway</h1></body></html>"u8;

    private static ReadOnlySpan<byte> Drawing =>
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="64" height="64">
          <script>document.title = 'run'</script><rect width="64" height="64"/>
        </svg>
        """u8;

    public static PictureDamage? Find(string marker) => marker switch
    {
        "corrupt" => PictureDamage.Corrupt,
        "truncated" => PictureDamage.Truncated,
        "empty" => PictureDamage.Empty,
        "loosebase64" => PictureDamage.LooseBase64,
        "badbase64" => PictureDamage.BadBase64,
        "spacedbase64" => PictureDamage.SpacedBase64,
        "bomb" => PictureDamage.Bomb,
        "bomb:interlaced" => PictureDamage.BombInterlaced,
        "bomb:progressive" => PictureDamage.BombProgressive,
        "bomb:frames" => PictureDamage.BombFrames,
        "bomb:profile" => PictureDamage.BombProfile,
        "notimage:json" => PictureDamage.Json,
        "notimage:pdf" => PictureDamage.Pdf,
        "notimage:polyglot" => PictureDamage.Polyglot,
        "notimage" => PictureDamage.Html,
        "notimage:svg" => PictureDamage.Svg,
        "mislabelled" or "mislabeled" => PictureDamage.Mislabelled,
        _ => null,
    };

    public static PictureRequest Ask(PictureRequest request, PictureDamage damage) =>
        damage == PictureDamage.Mislabelled
            ? request with { Format = request.Format == PictureFormat.Jpeg ? PictureFormat.Png : PictureFormat.Jpeg }
            : request;

    public static Picture Apply(Picture picture, PictureDamage damage) => damage switch
    {
        PictureDamage.Corrupt => new Picture(Corrupt(picture.Bytes)),
        PictureDamage.Truncated => new Picture(picture.Bytes[..(picture.Bytes.Length / 2)]),
        PictureDamage.Empty => new Picture([]),
        PictureDamage.Html => new Picture(Page.ToArray()),
        PictureDamage.Svg => new Picture(Drawing.ToArray()),
        PictureDamage.Json => new Picture("{\"error\":\"not an image\"}"u8.ToArray()),
        PictureDamage.Pdf => new Picture("%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"u8.ToArray()),
        PictureDamage.Polyglot => new Picture("GIF89a/*<svg/onload=alert(1)>*/=1;document.title='run';"u8.ToArray()),
        PictureDamage.Bomb => new Picture(PictureBombs.Wide()),
        PictureDamage.BombInterlaced => new Picture(PictureBombs.Interlaced()),
        PictureDamage.BombProgressive => new Picture(PictureBombs.Progressive()),
        PictureDamage.BombFrames => new Picture(PictureBombs.Frames()),
        PictureDamage.BombProfile => new Picture(PictureBombs.Profile()),
        _ => picture,
    };

    // The head stays whole: the file is taken for what it says it is and fails only when it is decoded.
    private static byte[] Corrupt(byte[] bytes)
    {
        byte[] damaged = [.. bytes];
        for (var i = bytes.Length / 3; i < bytes.Length && i < (bytes.Length / 3) + 64; i++)
        {
            damaged[i] ^= 0xA5;
        }

        return damaged;
    }
}
