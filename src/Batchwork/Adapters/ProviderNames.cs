using System.Collections.Frozen;

namespace Batchwork.Adapters;

/// <summary>What is known about providers by name, whether or not there is an adapter.</summary>
internal static class ProviderNames
{
    private static readonly FrozenDictionary<string, string> s_withoutImageBatches = new Dictionary<string, string>
    {
        ["anthropic"] = "Anthropic",
        ["azure"] = "Azure OpenAI",
        ["groq"] = "Groq",
        ["mistral"] = "Mistral",
        ["together"] = "Together AI",
        ["togetherai"] = "Together AI",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Environment variables that hold a provider's key; the first that is set counts.</summary>
    public static IReadOnlyList<string> KeyVariables(string provider) => provider switch
    {
        "openai" => ["OPENAI_API_KEY"],
        "google" => ["GOOGLE_GENERATIVE_AI_API_KEY", "GEMINI_API_KEY"],
        "xai" => ["XAI_API_KEY"],
        _ => [],
    };

    /// <summary>Says why there is no adapter for a provider.</summary>
    /// <exception cref="UnknownProviderException">There is no such provider.</exception>
    /// <exception cref="UnsupportedProviderException">It has no batches of images.</exception>
    public static BatchworkException WhyNot(string provider) =>
        s_withoutImageBatches.TryGetValue(provider, out var name)
            ? new UnsupportedProviderException(provider, $"{name} has no batch API for images. Image batches can be sent to openai, google and xai.")
            : new UnknownProviderException(provider);
}
