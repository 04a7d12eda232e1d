namespace Batchwork;

/// <summary>The provider clearly refused to create a batch: nothing was accepted and nothing is charged.</summary>
public sealed class BatchRejectedException : ProviderException
{
    /// <inheritdoc cref="ProviderException(string, ProviderFailure, string, Exception?)"/>
    public BatchRejectedException(string provider, ProviderFailure failure, string message, Exception? innerException = null)
        : base(provider, failure, message, innerException)
    {
    }
}
