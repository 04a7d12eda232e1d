using System.Net;
using System.Text.Json;
using Batchwork.Json;

namespace Batchwork.Http;

/// <summary>
/// Makes the paid call of a provider, once, and sorts its outcome: accepted, clearly refused, never sent, or not known. When in doubt it is not known:
/// a batch that is looked for in vain costs minutes, one that is sent twice costs money.
/// </summary>
internal sealed class PaidCall(string provider, string displayName, ProviderCalls calls, BatchworkOptions options, TimeProvider time)
{
    /// <summary>Sends a batch create.</summary>
    /// <param name="endpoint">Where and as whom.</param>
    /// <param name="path">The path of the call.</param>
    /// <param name="json">Its body.</param>
    /// <param name="read">Reads the batch from the answer; <see langword="null"/> when there is none in it that could be found again.</param>
    /// <param name="tag">The batch's tag.</param>
    /// <param name="inputFileId">The upload it uses.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<BatchSnapshot> CreateAsync(
        ProviderEndpoint endpoint,
        string path,
        ReadOnlyMemory<byte> json,
        Func<JsonElement, BatchSnapshot?> read,
        string? tag,
        string? inputFileId,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var client = calls.Paid(endpoint.Credentials);
        using var content = new PaidContent(json);
        using var request = endpoint.Request(HttpMethod.Post, path);
        request.Content = content;
        using var limit = new CancellationTokenSource(options.CreateTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return await SortAsync(response, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException canceled)
        {
            if (content.SendingBegan)
            {
                throw Unknown(ProviderFailure.Connection, $"There was no answer from {displayName} to the batch that was sent.", canceled, null);
            }

            cancellationToken.ThrowIfCancellationRequested();
            throw new BatchNotSentException(provider, $"No connection to {displayName} could be made in time.", canceled);
        }
        catch (Exception failure) when (failure is not BatchworkException)
        {
            throw !content.SendingBegan && IsBeforeSending(failure)
                ? new BatchNotSentException(
                    provider,
                    ProviderCalls.NotSafe(failure, request.RequestUri, endpoint.Credentials) ?? $"No connection to {displayName} could be made: {ProviderCalls.Reason(failure, endpoint.Credentials)}",
                    failure)
                : Unknown(ProviderFailure.Connection, $"The connection to {displayName} broke while the batch was sent: {ProviderCalls.Reason(failure, endpoint.Credentials)}", failure, null);
        }

        async Task<BatchSnapshot> SortAsync(HttpResponseMessage response, CancellationToken token)
        {
            if (!response.IsSuccessStatusCode)
            {
                var failure = await calls.FailureAsync(response, endpoint.Credentials, token).ConfigureAwait(false);
                throw IsClearRefusal(failure) ? Rejected(failure) : Unknown(failure.Failure, $"{failure.Message} Whether it took the batch is not known.", null, failure);
            }

            var body = await BoundedContent.ReadAsync(response.Content, BoundedContent.MaxAnswer, cut: false, token).ConfigureAwait(false);
            BatchSnapshot? batch = null;
            try
            {
                batch = read(JsonBytes.Parse(body));
            }
            catch (JsonException)
            {
                // Not JSON: the same as JSON without a batch.
            }

            if (batch is not null && ProviderIds.IsName(batch.Id))
            {
                return batch;
            }

            var unreadable = calls.Unexpected("", body, response, endpoint.Credentials);
            throw Unknown(ProviderFailure.UnexpectedAnswer, $"{displayName} seems to have taken the batch, but its answer has no id that could be used.", null, unreadable);
        }

        BatchOutcomeUnknownException Unknown(ProviderFailure kind, string message, Exception? cause, ProviderException? answer) =>
            new(provider, kind, message, cause)
            {
                Tag = tag,
                InputFileId = inputFileId,
                StatusCode = answer?.StatusCode,
                Error = answer?.Error,
                RequestId = answer?.RequestId,
                RetryAfter = answer?.RetryAfter,
            };
    }

    private BatchRejectedException Rejected(ProviderException failure) => new(provider, failure.Failure, failure.Message)
    {
        StatusCode = failure.StatusCode,
        Error = failure.Error,
        RequestId = failure.RequestId,
        RetryAfter = failure.RetryAfter,
    };

    // 408, 409 and 425 may be said about a call whose twin was accepted; and without the provider's own error in the body, it may be a
    // proxy between that talks.
    private static bool IsClearRefusal(ProviderException failure) =>
        failure.HasOwnErrorBody
        && failure.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
            and not (HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or (HttpStatusCode)425);

    private static bool IsBeforeSending(Exception failure) =>
        failure is HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
        };
}
