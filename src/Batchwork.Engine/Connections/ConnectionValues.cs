namespace Batchwork.Engine.Connections;

/// <summary>A form's values after the check.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Label">The label, trimmed.</param>
/// <param name="ApiKey">The new key; <see langword="null"/> keeps the stored one.</param>
/// <param name="BaseUrl">The address; <see langword="null"/> for the provider's public one.</param>
internal sealed record ConnectionValues(ProviderSummary Provider, string Label, string? ApiKey, string? BaseUrl)
{
    // A record prints its members; this one must not end in a log.
    public override string ToString() => nameof(ConnectionValues);
}
