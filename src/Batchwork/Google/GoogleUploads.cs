using System.Net;
using System.Text.Json;
using Batchwork.Adapters;
using Batchwork.Http;
using Batchwork.Json;

namespace Batchwork.Google;

/// <summary>Uploads batches, finds uploads again, and deletes files.</summary>
internal sealed class GoogleUploads(ProviderCalls calls, BatchworkOptions options, TimeProvider time)
{
    private static readonly TimeSpan s_firstLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(10);

    /// <summary>Uploads a batch and waits until Google can use the file.</summary>
    public async Task<UploadedInput> UploadAsync(PreparedBatch batch, ProviderEndpoint endpoint, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.UploadTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var file = await SendAsync(batch, endpoint, either.Token).ConfigureAwait(false);
            return await WaitAsync(file, endpoint, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw calls.Broken(new TimeoutException($"The upload was not done within {options.UploadTimeout}."), endpoint.Credentials);
        }
    }

    /// <summary>Looks for the upload of a tag: by its name, which the client chose.</summary>
    public async Task<UploadedInput?> FindAsync(string tag, ProviderEndpoint endpoint, CancellationToken cancellationToken) =>
        await GetAsync(GoogleNames.Files + tag, endpoint, cancellationToken).ConfigureAwait(false) is { } file && !IsUseless(file) ? Read(file) : null;

    /// <summary>Deletes a file. One that is not there any more counts as deleted.</summary>
    public async Task DeleteAsync(string file, ProviderEndpoint endpoint, CancellationToken cancellationToken)
    {
        using var request = endpoint.Request(HttpMethod.Delete, "/" + GoogleNames.GivenFile(file));
        try
        {
            using var answer = await calls.OpenAsync(request, endpoint.Credentials, cancellationToken).ConfigureAwait(false);
        }
        catch (ProviderException gone) when (IsGone(gone))
        {
            // Done before.
        }
    }

    private async Task<JsonElement> SendAsync(PreparedBatch batch, ProviderEndpoint endpoint, CancellationToken cancellationToken)
    {
        JsonElement? sent = null;
        ProviderException? conflict = null;
        try
        {
            sent = await new GoogleUploadSession(calls, endpoint, batch, options, time).RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ProviderException taken) when (taken.Failure == ProviderFailure.Conflict && batch.Batch.Tag is not null)
        {
            // The name is taken: by an upload of this batch whose answer was lost.
            conflict = taken;
        }

        var file = sent?.Property("file");
        if (file is null && batch.Batch.Tag is { } tag)
        {
            file = await GetAsync(GoogleNames.Files + tag, endpoint, cancellationToken).ConfigureAwait(false) is { } found && GoogleUsage.Whole(found.Property("sizeBytes")) == batch.ByteCount
                ? found
                : throw conflict ?? calls.Unexpected("Google took the upload, but does not show the file.", [], null, endpoint.Credentials);
        }

        return file is { } known && Read(known) is not null
            ? known
            : throw calls.Unexpected("Google took the upload, but its answer has no name of the file.", [], null, endpoint.Credentials);
    }

    // PROCESSING, mostly for a moment, then ACTIVE.
    private async Task<UploadedInput> WaitAsync(JsonElement file, ProviderEndpoint endpoint, CancellationToken cancellationToken)
    {
        var uploaded = Read(file)!;
        var pause = s_firstLook;
        while (file.Property("state").Text() == "PROCESSING")
        {
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
            file = await GetAsync(uploaded.FileId, endpoint, cancellationToken).ConfigureAwait(false) ?? file;
        }

        return file.Property("state").Text() != "FAILED"
            ? uploaded
            : throw new ProviderException(
                GoogleWire.Provider,
                ProviderFailure.InvalidRequest,
                $"Google could not read the upload: {ErrorText.Clean(file.Property("error").Property("message").Text() ?? "no reason given", endpoint.Credentials)}");
    }

    // The file as Google describes it, or null.
    private async Task<JsonElement?> GetAsync(string name, ProviderEndpoint endpoint, CancellationToken cancellationToken)
    {
        using var request = endpoint.Request(HttpMethod.Get, "/" + name);
        try
        {
            return await calls.ReadAsync(request, endpoint.Credentials, cancellationToken).ConfigureAwait(false);
        }
        catch (ProviderException gone) when (IsGone(gone))
        {
            return null;
        }
    }

    // A name that is not there answers 403, "You do not have permission to access the File … or it may not exist" (seen with Google's SDKs); 404 is documented.
    private static bool IsGone(ProviderException failure) =>
        failure.Failure == ProviderFailure.NotFound || failure is { StatusCode: HttpStatusCode.Forbidden, Error.Type: "PERMISSION_DENIED" };

    private bool IsUseless(JsonElement file) =>
        file.Property("state").Text() == "FAILED" || file.Property("expirationTime").Date() <= time.GetUtcNow();

    private static UploadedInput? Read(JsonElement file) =>
        GoogleNames.Received(file.Property("name").Text(), GoogleNames.Files) is { } name
            ? new UploadedInput(name, GoogleUsage.Whole(file.Property("sizeBytes")), file.Property("createTime").Date())
            : null;
}
