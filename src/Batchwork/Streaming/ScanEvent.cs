namespace Batchwork.Streaming;

/// <summary>What a <see cref="LineScanner"/> met.</summary>
internal enum ScanEvent
{
    /// <summary>The input is used up.</summary>
    NeedsInput,

    /// <summary>A piece of a picture's text.</summary>
    ImageText,

    /// <summary>A picture's text ended as it should.</summary>
    ImageEnd,

    /// <summary>A picture's text was cut off by the end of its line.</summary>
    ImageTorn,

    /// <summary>The line ended.</summary>
    LineEnd,
}
