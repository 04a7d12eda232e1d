using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Batchwork.Adapters;
using Batchwork.Json;

namespace Batchwork.Http;

/// <summary>Makes a provider's calls and turns whatever goes wrong into a <see cref="ProviderException"/> with the provider's own words.</summary>
internal sealed class ProviderCalls(string provider, string displayName, TransportSource transports, TimeProvider time)
{
    /// <summary>What is said of an answer that no honest provider would send (F22).</summary>
    public const string ImplausiblyLarge = "The answer was implausibly large and was refused.";

    /// <summary>Makes a read that answers with JSON.</summary>
    public async Task<JsonElement> ReadAsync(HttpRequestMessage request, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        using var response = await SendReadAsync(request, credentials, cancellationToken).ConfigureAwait(false);
        var body = await BodyAsync(response, credentials, cancellationToken).ConfigureAwait(false);
        return Parse(body, response, credentials);
    }

    /// <summary>Makes a read whose answer is read as a stream.</summary>
    /// <returns>The answer, which is a success, a "not satisfiable" (416) or nothing at all (204).</returns>
    public async Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        request.Options.Set(CallOptions.Streamed, true);
        return await SendReadAsync(request, credentials, cancellationToken, HttpStatusCode.RequestedRangeNotSatisfiable).ConfigureAwait(false);
    }

    /// <summary>The client for paid calls.</summary>
    public HttpClient Paid(BatchCredentials credentials) => transports.Get(credentials.Transport).Paid;

    /// <summary>The client for addresses that came in an answer.</summary>
    public HttpClient Untrusted(BatchCredentials credentials) => transports.Get(credentials.Transport).Untrusted;

    /// <summary>Reads a short answer whole.</summary>
    public async Task<byte[]> BodyAsync(HttpResponseMessage response, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        try
        {
            return await BoundedContent.ReadAsync(response.Content, BoundedContent.MaxAnswer, cut: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw Broken(failure, credentials);
        }
    }

    /// <summary>Reads an answer's JSON.</summary>
    public JsonElement Parse(byte[] body, HttpResponseMessage response, BatchCredentials credentials)
    {
        try
        {
            return JsonBytes.Parse(body);
        }
        catch (JsonException malformed)
        {
            throw Unexpected($"{displayName} answered with something that is not JSON.", body, response, credentials, malformed);
        }
    }

    /// <summary>Says that an answer makes no sense, and shows its beginning.</summary>
    public ProviderException Unexpected(string message, byte[] body, HttpResponseMessage? response, BatchCredentials credentials, Exception? cause = null) =>
        new(provider, ProviderFailure.UnexpectedAnswer, message, cause)
        {
            StatusCode = response?.StatusCode,
            RequestId = response is null ? null : RequestId(response),
            Error = new BatchError(null, ErrorText.Clean(Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, BoundedContent.MaxErrorBody))), credentials)),
        };

    /// <summary>Turns an answer that is no success into an exception.</summary>
    public async Task<ProviderException> FailureAsync(HttpResponseMessage response, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        byte[] body;
        try
        {
            body = await BoundedContent.ReadAsync(response.Content, BoundedContent.MaxErrorBody, cut: true, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            body = [];
        }

        var said = ErrorBody.Read(body, credentials);
        var error = said.Error ?? new BatchError(null, ErrorText.Clean(Encoding.UTF8.GetString(body), credentials));
        var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        var moved = response.StatusCode is >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest;
        var words = moved ? $"it sends to another address ({response.Headers.Location}), which is not followed" : error.Message.Length > 0 ? error.Message : response.ReasonPhrase ?? "no reason given";
        return new ProviderException(provider, ProviderFailures.Of(response.StatusCode, said.Error), $"{displayName} answered {status}: {ErrorText.Clean(words, credentials)}")
        {
            StatusCode = response.StatusCode,
            Error = error,
            RequestId = RequestId(response),
            RetryAfter = RetryAfterHeader.Read(response.Headers, time) ?? said.RetryDelay,
            HasOwnErrorBody = said.Error is not null,
        };
    }

    /// <summary>Says that no connection could be made, or that it broke.</summary>
    public ProviderException Broken(Exception failure, BatchCredentials credentials, Uri? address = null) => failure is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded }
        ? new(provider, ProviderFailure.UnexpectedAnswer, $"{ImplausiblyLarge} {Reason(failure, credentials)}", failure)
        : new(provider, ProviderFailure.Connection, NotSafe(failure, address, credentials) ?? $"The connection to {displayName} failed: {Reason(failure, credentials)}", failure);

    /// <summary>Says that no safe connection could be made (a certificate that is expired, or of another host); <see langword="null"/> for other failures.</summary>
    public static string? NotSafe(Exception failure, Uri? address, BatchCredentials credentials) =>
        address is not null && failure is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }
            ? $"Can't make a safe connection to {address.IdnHost} ({Reason(failure, credentials).TrimEnd('.')})."
            : null;

    /// <summary>Why a connection failed, in words that hold no key.</summary>
    public static string Reason(Exception failure, BatchCredentials credentials)
    {
        var cause = failure;
        while (cause.InnerException is not null and not TimeoutException && cause is not AddressRefusedException)
        {
            cause = cause.InnerException;
        }

        return ErrorText.Clean(cause.Message, credentials);
    }

    private static string? RequestId(HttpResponseMessage response) =>
        RetryAfterHeader.First(response.Headers, "x-request-id") is { } id ? ErrorText.Clean(id, null) : null;

    private async Task<HttpResponseMessage> SendReadAsync(HttpRequestMessage request, BatchCredentials credentials, CancellationToken cancellationToken, HttpStatusCode? alsoFine = null)
    {
        HttpResponseMessage response;
        try
        {
            response = await transports.Get(credentials.Transport).Reads
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw Broken(failure, credentials, request.RequestUri);
        }

        if (response.IsSuccessStatusCode || response.StatusCode == alsoFine)
        {
            return response;
        }

        using (response)
        {
            throw await FailureAsync(response, credentials, cancellationToken).ConfigureAwait(false);
        }
    }
}
