using System.Net;

namespace Batchwork;

/// <summary>The one place where a provider's failures are put into classes. By status and code, never by the words of a message.</summary>
internal static class ProviderFailures
{
    // Google answers 400 to a key that it does not know.
    private const string GoogleKeyInvalid = "API_KEY_INVALID";

    /// <summary>Classifies an answer that is not a success.</summary>
    public static ProviderFailure Of(HttpStatusCode status, BatchError? error) => status switch
    {
        _ when IsOutOfCredit(error) => ProviderFailure.OutOfCredit,
        HttpStatusCode.Unauthorized => ProviderFailure.KeyRejected,
        HttpStatusCode.BadRequest when error?.Code == GoogleKeyInvalid => ProviderFailure.KeyRejected,
        HttpStatusCode.PaymentRequired => ProviderFailure.OutOfCredit,
        HttpStatusCode.Forbidden => ProviderFailure.Forbidden,
        HttpStatusCode.NotFound or HttpStatusCode.Gone => ProviderFailure.NotFound,
        HttpStatusCode.RequestTimeout => ProviderFailure.Unavailable,
        HttpStatusCode.Conflict => ProviderFailure.Conflict,
        HttpStatusCode.TooManyRequests => ProviderFailure.RateLimited,
        >= HttpStatusCode.InternalServerError => ProviderFailure.Unavailable,
        >= HttpStatusCode.BadRequest => ProviderFailure.InvalidRequest,
        _ => ProviderFailure.UnexpectedAnswer,
    };

    /// <summary>Whether the same call may succeed later without anybody doing anything.</summary>
    public static bool IsTransient(this ProviderFailure failure) =>
        failure is ProviderFailure.RateLimited or ProviderFailure.Unavailable or ProviderFailure.Connection;

    // OpenAI answers 429 with this code for an empty account; waiting does not fill it.
    private static bool IsOutOfCredit(BatchError? error) =>
        error?.Code is "insufficient_quota" or "billing_hard_limit_reached" or "billing_not_active"
        || error?.Type is "insufficient_quota";
}
