using System.Globalization;

namespace Batchwork.Streaming;

/// <summary>What is kept on a line in place of a picture, for example <c>picture 0: 1,398,104 letters of base64</c>.</summary>
internal static class ImagePlaceholder
{
    private const string Prefix = "picture ";

    public static string Of(int index, ReceivedImage image) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{index}: {image.Letters:N0} letters of base64{(image.IsDamaged ? ", damaged" : "")}");

    /// <summary>Which of the line's pictures a placeholder stands for.</summary>
    public static int? Index(string? text)
    {
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var end = text.IndexOf(':', StringComparison.Ordinal);
        return end > Prefix.Length && int.TryParse(text.AsSpan(Prefix.Length, end - Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : null;
    }
}
