namespace Batchwork.Streaming;

/// <summary>Tells what a file is from its first bytes. What a provider announces is a hope.</summary>
internal sealed class MediaTypeSniffer
{
    private const int Enough = 512;

    private readonly byte[] _start = new byte[Enough];
    private int _length;

    public void Reset() => _length = 0;

    /// <summary>Takes the next bytes of the file.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        var room = Math.Min(bytes.Length, Enough - _length);
        bytes[..room].CopyTo(_start.AsSpan(_length));
        _length += room;
    }

    /// <summary>The media type; <see langword="null"/> when it is none that is known.</summary>
    public string? Tell()
    {
        var start = _start.AsSpan(0, _length);
        return Picture(start) ?? Document(start);
    }

    /// <summary>Whether a media type is that of something to look at, and not of a page or a document that came in its place.</summary>
    public static bool IsPicture(string mediaType) => mediaType.StartsWith("image/", StringComparison.Ordinal);

    private static string? Picture(ReadOnlySpan<byte> start)
    {
        if (IsPng(start))
        {
            return "image/png";
        }

        if (start.Length >= 3 && start[0] == 0xFF && start[1] == 0xD8 && start[2] == 0xFF)
        {
            return "image/jpeg";
        }

        if (start.Length >= 12 && start.StartsWith("RIFF"u8) && start[8..].StartsWith("WEBP"u8))
        {
            return "image/webp";
        }

        if (start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8))
        {
            return "image/gif";
        }

        if (start.Length >= 12 && start[4..].StartsWith("ftyp"u8))
        {
            var brand = start.Slice(8, 4);
            return brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8) ? "image/avif"
                : brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("mif1"u8) ? "image/heic"
                : null;
        }

        return null;
    }

    // 0x89 is no character, so it cannot be written in a UTF-8 literal.
    private static bool IsPng(ReadOnlySpan<byte> start) =>
        start.Length >= 8 && start[0] == 0x89 && start[1..].StartsWith("PNG\r\n\x1a\n"u8);

    private static string? Document(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("%PDF-"u8))
        {
            return "application/pdf";
        }

        if (start.Length >= 3 && start[0] == 0xEF && start[1] == 0xBB && start[2] == 0xBF)
        {
            start = start[3..];
        }

        start = start.TrimStart(" \t\r\n"u8);
        if (Begins(start, "<svg"u8))
        {
            return "image/svg+xml";
        }

        if (Begins(start, "<?xml"u8) || Begins(start, "<!--"u8))
        {
            return start.IndexOf("<svg"u8) >= 0 ? "image/svg+xml" : "text/xml";
        }

        if (Begins(start, "<!doctype svg"u8))
        {
            return "image/svg+xml";
        }

        if (Begins(start, "<!doctype html"u8) || Begins(start, "<html"u8) || Begins(start, "<head"u8) || Begins(start, "<body"u8) || Begins(start, "<script"u8))
        {
            return "text/html";
        }

        return start.Length > 1 && start[0] == (byte)'{' && start[1..].TrimStart(" \t\r\n"u8) is [(byte)'"' or (byte)'}', ..] ? "application/json" : null;
    }

    // Letters of either case; the pattern is written in small ones.
    private static bool Begins(ReadOnlySpan<byte> text, ReadOnlySpan<byte> pattern)
    {
        if (text.Length < pattern.Length)
        {
            return false;
        }

        for (var i = 0; i < pattern.Length; i++)
        {
            var letter = text[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(text[i] + 32) : text[i];
            if (letter != pattern[i])
            {
                return false;
            }
        }

        return true;
    }
}
