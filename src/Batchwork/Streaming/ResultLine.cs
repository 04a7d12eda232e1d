using System.Text.Json;

namespace Batchwork.Streaming;

/// <summary>One line of a file of results, without its pictures.</summary>
internal sealed class ResultLine
{
    /// <summary>The line's JSON, with a <see cref="ImagePlaceholder"/> in place of each picture; <see langword="null"/> when it is not JSON.</summary>
    public JsonElement? Json { get; init; }

    /// <summary>What there is of a line that is not JSON.</summary>
    public string Text { get; init; } = "";

    /// <summary>Why it could not be read.</summary>
    public string? Fault { get; init; }

    /// <summary>The pictures, in the order in which they stood on the line.</summary>
    public required IReadOnlyList<ReceivedImage> Images { get; init; }

    /// <summary>Bytes of the file before this line.</summary>
    public required long StartOffset { get; init; }

    /// <summary>Bytes of the file before the next line.</summary>
    public required long EndOffset { get; init; }

    /// <summary>Lines of the file up to here, blank ones included.</summary>
    public required long Number { get; init; }

    /// <summary>Which list of a document this is an item of, from 1; 0 for a line.</summary>
    public int List { get; init; }
}
