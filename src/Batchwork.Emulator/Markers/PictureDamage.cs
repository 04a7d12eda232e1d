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

    /// <summary>A web page (F34).</summary>
    Html,

    /// <summary>A drawing with a script in it (F34).</summary>
    Svg,

    /// <summary>A JPEG, whatever the answer calls it (F32).</summary>
    Mislabelled,
}
