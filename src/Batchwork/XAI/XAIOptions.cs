namespace Batchwork.XAI;

/// <summary>xAI's options.</summary>
internal static class XAIOptions
{
    /// <summary>Our name of the option that stands for <see cref="ImageRequest.AspectRatio"/>.</summary>
    public const string AspectRatio = "aspectRatio";

    /// <summary>Their names, in the spelling of the library and in xAI's. The published library knows only the latter.</summary>
    public static readonly WireOptions Table = new(
        XAIWire.Provider,
        [
            (AspectRatio, "aspect_ratio"),
            ("resolution", "resolution"),
            ("quality", "quality"),
            ("outputFormat", "output_format"),
            ("syncMode", "sync_mode"),
            ("user", "user"),
        ],
        new Dictionary<string, string>
        {
            ["model"] = "The batch names the model.",
            ["prompt"] = "Use the request's prompt.",
            ["n"] = "Use the request's n.",
            ["size"] = "xAI takes no size. Use the request's aspect ratio and the option 'resolution'.",
            ["seed"] = "xAI takes no seed.",
            ["stream"] = "A batch cannot stream.",

            // A hosted picture is gone within an hour of its making, which in a batch may be long before its result is read.
            ["response_format"] = "Pictures are always asked for as base64.",
            ["responseFormat"] = "Pictures are always asked for as base64.",
        });

    /// <summary>The options that go out beside the aspect ratio of the request's own field, if that does.</summary>
    public static IReadOnlyList<WireOption> Resolve(EffectiveRequest request)
    {
        var options = Table.Resolve(request.Options);
        return options.Any(o => o.Name == AspectRatio && FieldWins(request, o)) ? [.. options.Where(o => o.Name != AspectRatio)] : options;
    }

    /// <summary>
    /// Whether the request's own aspect ratio goes out instead of the option, which is the same. As with other values the row beats the default; at the same
    /// place the field beats the option, as in the published library.
    /// </summary>
    public static bool FieldWins(EffectiveRequest request, WireOption ratio) =>
        request.AspectRatio.IsSent && (request.AspectRatio.Origin == ValueOrigin.Row || ratio.Value.Origin != ValueOrigin.Row);
}
