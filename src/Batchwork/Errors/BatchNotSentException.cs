namespace Batchwork;

/// <summary>A batch was not created because no byte of the call reached the provider (name not found, connection refused, no safe connection).</summary>
public sealed class BatchNotSentException : ProviderException
{
    /// <summary>Makes one.</summary>
    /// <param name="provider">The provider's id.</param>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What caused it.</param>
    public BatchNotSentException(string provider, string message, Exception? innerException = null)
        : base(provider, ProviderFailure.Connection, message, innerException)
    {
    }
}
