namespace Batchwork.Engine.Connections;

/// <summary>A provider that connections can be made to.</summary>
/// <param name="Id">For example <c>openai</c>.</param>
/// <param name="Name">For example <c>OpenAI</c>.</param>
/// <param name="PublicBaseUrl">Where its API is unless a connection says otherwise.</param>
public sealed record ProviderSummary(string Id, string Name, string PublicBaseUrl);
