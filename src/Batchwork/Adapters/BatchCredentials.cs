namespace Batchwork;

/// <summary>With which key and where to a provider is reached.</summary>
public sealed record BatchCredentials
{
    /// <summary>The provider's API key. Never logged.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Another base URL than the provider's public one, for gateways; with or without a slash at the end.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>Headers added to every call to this base URL. Not sent to image hosts.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>The name of an <see cref="Http.IBatchTransport"/> registered as a keyed service; <see langword="null"/> for the network.</summary>
    public string? Transport { get; init; }

    /// <summary>Everything but the key.</summary>
    /// <returns>A text that may be logged.</returns>
    public override string ToString() => $"{nameof(BatchCredentials)} {{ BaseUrl = {BaseUrl}, ApiKey = {(string.IsNullOrEmpty(ApiKey) ? "none" : "set")} }}";
}
