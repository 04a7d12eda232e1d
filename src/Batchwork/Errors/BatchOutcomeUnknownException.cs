namespace Batchwork;

/// <summary>
/// A batch may or may not have been created: the call went out, but no clear answer came back. Sending it again may pay twice. Look for it by
/// its tag first.
/// </summary>
public sealed class BatchOutcomeUnknownException : ProviderException
{
    /// <inheritdoc cref="ProviderException(string, ProviderFailure, string, Exception?)"/>
    public BatchOutcomeUnknownException(string provider, ProviderFailure failure, string message, Exception? innerException = null)
        : base(provider, failure, message, innerException)
    {
    }

    /// <summary>The tag the batch was sent with, if it had one.</summary>
    public string? Tag { get; init; }

    /// <summary>The upload it was to use.</summary>
    public string? InputFileId { get; init; }
}
