using System.Net;

namespace Batchwork;

/// <summary>Classes of provider failures, so that nobody has to match on texts.</summary>
public enum ProviderFailure
{
    /// <summary>The request is wrong (400, 413, 422).</summary>
    InvalidRequest,

    /// <summary>The key does not work (401).</summary>
    KeyRejected,

    /// <summary>The key may not do this (403).</summary>
    Forbidden,

    /// <summary>The provider does not know the object (404, 410).</summary>
    NotFound,

    /// <summary>The state of the object does not allow this (409).</summary>
    Conflict,

    /// <summary>Too fast or too much queued (429); see <see cref="ProviderException.RetryAfter"/>.</summary>
    RateLimited,

    /// <summary>The account is out of credit (429 with a billing code). Waiting does not help.</summary>
    OutOfCredit,

    /// <summary>The provider is in trouble (408, 5xx).</summary>
    Unavailable,

    /// <summary>The provider could not be reached, or the connection broke.</summary>
    Connection,

    /// <summary>The provider's answer makes no sense.</summary>
    UnexpectedAnswer,
}

/// <summary>A provider answered with an error, wrongly, or not at all.</summary>
public class ProviderException : BatchworkException
{
    /// <summary>Makes one.</summary>
    /// <param name="provider">The provider's id.</param>
    /// <param name="failure">The class of failure.</param>
    /// <param name="message">What happened, with the provider's own words where there are some.</param>
    /// <param name="innerException">What caused it.</param>
    public ProviderException(string provider, ProviderFailure failure, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Provider = provider;
        Failure = failure;
    }

    /// <summary>The provider's id.</summary>
    public string Provider { get; }

    /// <summary>The class of failure.</summary>
    public ProviderFailure Failure { get; }

    /// <summary>The HTTP status, if there was an answer.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>What the provider says, cut at 2,000 characters, without the key.</summary>
    public BatchError? Error { get; init; }

    /// <summary>The provider's id of the call, for its support.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long the provider asks to wait, between 1 second and 1 hour.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the answer carried the provider's own error, and so was not a proxy's.</summary>
    internal bool HasOwnErrorBody { get; init; }
}
