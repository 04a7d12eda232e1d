namespace Batchwork.OpenAI;

/// <summary>OpenAI's options.</summary>
internal static class OpenAIOptions
{
    /// <summary>Their names, ours (as in the published library) and OpenAI's.</summary>
    public static readonly WireOptions Table = new(
        OpenAIWire.Provider,
        [
            ("quality", "quality"),
            ("style", "style"),
            ("background", "background"),
            ("moderation", "moderation"),
            ("outputFormat", "output_format"),
            ("outputCompression", "output_compression"),
            ("user", "user"),
            ("safetyIdentifier", "safety_identifier"),
            ("complexity", "complexity"),
            ("frameCount", "frame_count"),
            ("frameDurationMs", "frame_duration_ms"),
        ],
        new Dictionary<string, string>
        {
            ["model"] = "The batch names the model.",
            ["prompt"] = "Use the request's prompt.",
            ["n"] = "Use the request's n.",
            ["size"] = "Use the request's size.",
            ["stream"] = "A batch cannot stream.",
            ["partial_images"] = "A batch cannot stream.",
            ["partialImages"] = "A batch cannot stream.",
            ["response_format"] = "Pictures always come as base64.",
            ["responseFormat"] = "Pictures always come as base64.",
        });
}
