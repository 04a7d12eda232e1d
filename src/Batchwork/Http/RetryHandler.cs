using System.Net;
using System.Net.Http.Headers;

namespace Batchwork.Http;

/// <summary>
/// Sends reads again when that may help: after broken connections, 408, 409, 425, 429 and 5xx. Small answers are read whole before they are handed on, so that
/// a connection that breaks in the middle of one is a failed try and not a failed call. Never below the client for paid calls.
/// </summary>
internal sealed class RetryHandler(BatchworkOptions options, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var isLast = attempt >= options.MaxReadAttempts;
            TimeSpan wait;
            try
            {
                var response = await TryAsync(request, cancellationToken).ConfigureAwait(false);
                if (isLast || WaitFor(request, response, attempt) is not { } asked || asked > options.MaxRetryWait)
                {
                    return response;
                }

                wait = asked;
                response.Dispose();
            }
            catch (Exception failure) when (!isLast && MayPass(failure, cancellationToken))
            {
                wait = RetryWaits.After(options, attempt);
            }

            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<HttpResponseMessage> TryAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var answerLimit = new CancellationTokenSource(options.AnswerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, answerLimit.Token);
        try
        {
            var response = await base.SendAsync(request, either.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                await KeepBodyAsync(response, BoundedContent.MaxErrorBody, cut: true, either.Token).ConfigureAwait(false);
            }
            else if (!request.Options.TryGetValue(CallOptions.Streamed, out var streamed) || !streamed)
            {
                await KeepBodyAsync(response, BoundedContent.MaxAnswer, cut: false, either.Token).ConfigureAwait(false);
            }

            return response;
        }
        catch (OperationCanceledException canceled) when (!cancellationToken.IsCancellationRequested)
        {
            // Ours, or the handler's own limit for connecting.
            throw answerLimit.IsCancellationRequested
                ? new HttpRequestException($"There was no answer within {options.AnswerTimeout}.", new TimeoutException())
                : new HttpRequestException(HttpRequestError.ConnectionError, $"No connection could be made within {options.ConnectTimeout}.", canceled);
        }
    }

    private static async Task KeepBodyAsync(HttpResponseMessage response, int most, bool cut, CancellationToken cancellationToken)
    {
        try
        {
            var body = await BoundedContent.ReadAsync(response.Content, most, cut, cancellationToken).ConfigureAwait(false);
            var kept = new ByteArrayContent(body);
            kept.Headers.ContentType = response.Content.Headers.ContentType is { } type && MediaTypeHeaderValue.TryParse(type.ToString(), out var copy) ? copy : null;
            response.Content.Dispose();
            response.Content = kept;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    // null: do not send again.
    private TimeSpan? WaitFor(HttpRequestMessage request, HttpResponseMessage response, int attempt)
    {
        if (!MayRetry(request, response.StatusCode, RetryAfterHeader.First(response.Headers, "x-should-retry")))
        {
            return null;
        }

        using var body = new MemoryStream();
        response.Content.CopyTo(body, null, CancellationToken.None);
        var said = ErrorBody.Read(body.GetBuffer().AsSpan(0, (int)body.Length), null);
        if (ProviderFailures.Of(response.StatusCode, said.Error) == ProviderFailure.OutOfCredit)
        {
            return null;
        }

        return RetryAfterHeader.Read(response.Headers, time) ?? said.RetryDelay ?? RetryWaits.After(options, attempt);
    }

    private static bool MayRetry(HttpRequestMessage request, HttpStatusCode status, string? advice)
    {
        // OpenAI's own word on it, "true" or "false".
        if (advice is not null && !((int)status is >= 200 and < 400) && bool.TryParse(advice, out var should))
        {
            return should;
        }

        var isRead = request.Method == HttpMethod.Get || request.Method == HttpMethod.Head;
        return status switch
        {
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway
                or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => true,

            // A cancel that meets 409 came too late, and one that meets 500 may have been done.
            HttpStatusCode.Conflict or (HttpStatusCode)425 => isRead,
            HttpStatusCode.NotImplemented or HttpStatusCode.HttpVersionNotSupported => false,
            >= HttpStatusCode.InternalServerError => isRead,
            _ => false,
        };
    }

    // An address that is not allowed or a certificate that is not valid stays so.
    private static bool MayPass(Exception failure, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && failure is HttpRequestException { HttpRequestError: not (HttpRequestError.SecureConnectionError or HttpRequestError.ConfigurationLimitExceeded) } or IOException
        && failure.InnerException is not AddressRefusedException;
}
