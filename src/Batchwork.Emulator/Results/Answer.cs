using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Markers;
using Batchwork.Emulator.Pictures;

namespace Batchwork.Emulator.Results;

/// <summary>How a request is answered, apart from the words its provider uses for it.</summary>
internal abstract record Answer
{
    public required string CustomId { get; init; }

    /// <summary>The pictures in the answer; empty for a failure.</summary>
    public IReadOnlyList<PictureRequest> Pictures { get; init; } = [];

    /// <summary>Whether the pictures themselves are in the answer, not only their addresses.</summary>
    public bool HoldsPictures { get; init; } = true;

    public PictureDamage Damage { get; init; }

    /// <summary>How many bytes each picture has at least.</summary>
    public long PaddedTo { get; init; }

    public LineTwist Twist { get; init; }

    /// <summary>Whether it belongs to the failures.</summary>
    public bool IsFailure { get; init; }
}
