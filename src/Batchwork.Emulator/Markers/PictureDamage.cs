namespace Batchwork.Emulator.Markers;

/// <summary>What can be wrong with a picture.</summary>
internal enum PictureDamage
{
    None,

    /// <summary>Some bytes in the middle are others (F33).</summary>
    Corrupt,

    /// <summary>The second half is missing (F33).</summary>
    Truncated,

    /// <summary>No bytes at all (F33).</summary>
    Empty,

    /// <summary>Base64 in the alphabet for addresses, without padding (F33).</summary>
    LooseBase64,

    /// <summary>Not base64 (F33).</summary>
    BadBase64,

    /// <summary>Base64 with spaces in it (F33).</summary>
    SpacedBase64,

    /// <summary>A web page (F34).</summary>
    Html,

    /// <summary>A drawing with a script in it (F34).</summary>
    Svg,

    /// <summary>JSON (F34).</summary>
    Json,

    /// <summary>A document (F34).</summary>
    Pdf,

    /// <summary>A GIF by its first bytes and a script by the rest (F34).</summary>
    Polyglot,

    /// <summary>900 megapixels (F35).</summary>
    Bomb,

    /// <summary>144 megapixels, interlaced (F35).</summary>
    BombInterlaced,

    /// <summary>A progressive JPEG of 100 megapixels (F35).</summary>
    BombProgressive,

    /// <summary>10,000 frames (F35).</summary>
    BombFrames,

    /// <summary>A colour profile of 256 MiB (F35).</summary>
    BombProfile,

    /// <summary>A JPEG, whatever the answer calls it (F32).</summary>
    Mislabelled,
}
