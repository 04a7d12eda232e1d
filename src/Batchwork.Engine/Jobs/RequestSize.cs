namespace Batchwork.Engine.Jobs;

/// <summary>
/// Bounds the bytes of a request in an upload without building it. Never less than the truth: a part that turned out too large could not be sent,
/// one that is a little smaller than it might be costs nothing.
/// </summary>
internal static class RequestSize
{
    /// <summary>Names, brackets, address and numbers of a line; the longest known is about 350 bytes.</summary>
    private const int Frame = 512;

    /// <summary>The bound of one request.</summary>
    /// <param name="request">The request.</param>
    /// <returns>Bytes, at most.</returns>
    public static long AtMost(EffectiveRequest request)
    {
        long bytes = Frame + Text(request.CustomId) + Text(request.Prompt) + Text(request.Size.Value) + Text(request.AspectRatio.Value);
        foreach (var (name, value) in request.Options)
        {
            bytes += Text(name) + Text(value.Value?.ToJsonString()) + 8;
        }

        return bytes;
    }

    /// <summary>JSON writes a character in at most six bytes (<c>\u00e9</c>); plain letters, the most by far, in one.</summary>
    private static long Text(string? text)
    {
        if (text is null)
        {
            return 0;
        }

        var bytes = 0L;
        foreach (var c in text)
        {
            bytes += char.IsAsciiLetterOrDigit(c) || c is ' ' or ',' or '.' or '-' ? 1 : 6;
        }

        return bytes;
    }
}
