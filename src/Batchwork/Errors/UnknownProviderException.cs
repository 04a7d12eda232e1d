namespace Batchwork;

/// <summary>There is no provider of this name. No network call was made.</summary>
public sealed class UnknownProviderException : BatchworkException
{
    /// <summary>Makes one.</summary>
    /// <param name="provider">The name.</param>
    public UnknownProviderException(string provider)
        : base($"There is no provider '{provider}'. The providers are openai, google and xai.")
    {
        Provider = provider;
    }

    /// <summary>The name.</summary>
    public string Provider { get; }
}
