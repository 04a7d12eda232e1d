namespace Batchwork.Engine.Connections;

/// <summary>The keyless demos, one a provider: reached through a transport of their own that leads to the emulator in this process.</summary>
public static class DemoConnection
{
    /// <summary>The key of the keyed <see cref="Http.IBatchTransport"/> that the host registers.</summary>
    public const string Transport = "demo";

    /// <summary>Whose API the first demo plays, the one the demo sheet is made for.</summary>
    public const string Provider = "openai";

    private static readonly Uri s_openAI = new("http://demo.localhost/openai/v1");
    private static readonly Uri s_google = new("http://demo.localhost/google/v1beta");
    private static readonly Uri s_xai = new("http://demo.localhost/xai/v1");

    /// <summary>The providers that a demo plays, with the label of each.</summary>
    public static IReadOnlyList<(string Provider, string Label)> All { get; } =
    [
        (Provider, "Demo"),
        ("google", "Demo Gemini"),
        ("xai", "Demo xAI"),
    ];

    /// <summary>Where a provider's demo answers. Never resolved: the transport does not use the network. The reserved top-level name makes sure of it.</summary>
    internal static Uri BaseUrl(string provider) => provider switch
    {
        Provider => s_openAI,
        "google" => s_google,
        "xai" => s_xai,
        _ => throw new ArgumentException($"There is no demo of {provider}.", nameof(provider)),
    };
}
