using System.Globalization;
using System.Text.Json;
using Batchwork.Adapters;
using Batchwork.Http;
using Batchwork.Json;

namespace Batchwork.Google;

/// <summary>
/// One resumable upload: begun, sent, and after a break sent on from where Google has it. The address of a session lets whoever knows it write to the file, so
/// it gets into no message.
/// </summary>
internal sealed class GoogleUploadSession(ProviderCalls calls, ProviderEndpoint endpoint, PreparedBatch batch, BatchworkOptions options, TimeProvider time)
{
    private const int MostTries = 5;
    private const string MediaType = "application/jsonl";

    /// <summary>Uploads.</summary>
    /// <returns>Google's answer with the file; <see langword="null"/> when Google has it all but the answer was lost.</returns>
    public async Task<JsonElement?> RunAsync(CancellationToken cancellationToken)
    {
        var session = await BeginAsync(cancellationToken).ConfigureAwait(false);
        var offset = 0L;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SendAsync(session, offset, cancellationToken).ConfigureAwait(false);
            }
            catch (ProviderException failure) when (attempt < MostTries && failure.Failure.IsTransient())
            {
                await Task.Delay(failure.RetryAfter ?? RetryWaits.After(options, attempt), time, cancellationToken).ConfigureAwait(false);
            }

            // null: it is complete.
            if (await AskAsync(session, cancellationToken).ConfigureAwait(false) is not { } received)
            {
                return null;
            }

            offset = received;
        }
    }

    private async Task<Uri> BeginAsync(CancellationToken cancellationToken)
    {
        using var request = endpoint.Request(HttpMethod.Post, UploadAddress());
        request.Headers.Add("X-Goog-Upload-Protocol", "resumable");
        request.Headers.Add("X-Goog-Upload-Command", "start");
        request.Headers.Add("X-Goog-Upload-Header-Content-Length", batch.ByteCount.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("X-Goog-Upload-Header-Content-Type", MediaType);
        request.Content = new PaidContent(Description());
        using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        return Session(response.Headers.TryGetValues("X-Goog-Upload-URL", out var values) ? values.FirstOrDefault() : null)
            ?? throw calls.Unexpected("Google did not say where to upload to.", [], response, endpoint.Credentials);
    }

    private async Task<JsonElement> SendAsync(Uri session, long offset, CancellationToken cancellationToken)
    {
        using var request = endpoint.Request(HttpMethod.Post, session);
        request.Headers.Add("X-Goog-Upload-Command", "upload, finalize");
        request.Headers.Add("X-Goog-Upload-Offset", offset.ToString(CultureInfo.InvariantCulture));
        request.Content = new GoogleUploadContent(batch, offset);
        using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        var body = await calls.BodyAsync(response, endpoint.Credentials, cancellationToken).ConfigureAwait(false);
        return calls.Parse(body, response, endpoint.Credentials);
    }

    // How much has arrived; null when all has, and the file is there.
    private async Task<long?> AskAsync(Uri session, CancellationToken cancellationToken)
    {
        using var request = endpoint.Request(HttpMethod.Post, session);
        request.Headers.Add("X-Goog-Upload-Command", "query");
        using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (RetryAfterHeader.First(response.Headers, "X-Goog-Upload-Status") == "final")
        {
            return null;
        }

        return long.TryParse(RetryAfterHeader.First(response.Headers, "X-Goog-Upload-Size-Received"), NumberStyles.None, CultureInfo.InvariantCulture, out var received) && received <= batch.ByteCount
            ? received
            : throw calls.Unexpected("Google did not say how much of the upload has arrived.", [], response, endpoint.Credentials);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await calls.Paid(endpoint.Credentials).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw calls.Broken(failure, endpoint.Credentials);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await calls.FailureAsync(response, endpoint.Credentials, cancellationToken).ConfigureAwait(false);
        }
    }

    // https://host/v1beta/files → https://host/upload/v1beta/files; before the version also where a gateway has a path of its own.
    private Uri UploadAddress()
    {
        var files = endpoint.Address("/files");
        var path = files.AbsolutePath;
        var version = path.LastIndexOf("/v1", StringComparison.Ordinal);
        return new UriBuilder(files) { Path = version < 0 ? "/upload" + path : path.Insert(version, "/upload") }.Uri;
    }

    // A name of our own choice: after a crash the file can be asked for by it, and a second upload is refused instead of doubled.
    private ReadOnlyMemory<byte> Description()
    {
        var json = new JsonBuffer();
        json.Raw("{\"file\":{\"display_name\":"u8);
        json.Text(batch.Batch.Tag ?? GoogleWire.UntaggedName);
        if (batch.Batch.Tag is { } tag)
        {
            json.Raw(",\"name\":"u8);
            json.Text(GoogleNames.Files + tag);
        }

        json.Raw("}}"u8);
        return json.Written;
    }

    // Google's own, or the gateway's. The prompts must not go anywhere else.
    private Uri? Session(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url)
        && (endpoint.IsSameOrigin(url) || (url.Scheme == Uri.UriSchemeHttps && url.IdnHost.EndsWith(".googleapis.com", StringComparison.OrdinalIgnoreCase)))
            ? url
            : null;
}
