namespace Batchwork;

/// <summary>The provider has no batch API for images: Anthropic, Groq, Mistral, Together AI. No network call was made.</summary>
public class UnsupportedProviderException : BatchworkException
{
    /// <summary>Makes one.</summary>
    /// <param name="provider">The provider's id.</param>
    /// <param name="message">What is not supported and what is.</param>
    public UnsupportedProviderException(string provider, string message)
        : base(message)
    {
        Provider = provider;
    }

    /// <summary>The provider's id.</summary>
    public string Provider { get; }
}
