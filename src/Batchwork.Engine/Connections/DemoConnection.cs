namespace Batchwork.Engine.Connections;

/// <summary>The keyless demo: reached through a transport of its own that leads to the emulator in this process.</summary>
public static class DemoConnection
{
    public const string Label = "Demo";

    /// <summary>The key of the keyed <see cref="Http.IBatchTransport"/> that the host registers.</summary>
    public const string Transport = "demo";

    /// <summary>Whose API the demo plays.</summary>
    public const string Provider = "openai";

    // Never resolved: the transport does not use the network. The reserved top-level name makes sure of it.
    internal static readonly Uri s_baseUrl = new("http://demo.localhost/openai/v1");
}
