using System.Net.Http.Headers;
using System.Text.Json;
using Batchwork.Adapters;
using Batchwork.Http;
using Batchwork.Json;

namespace Batchwork.OpenAI;

/// <summary>Uploads batches, finds uploads again, and deletes files.</summary>
internal sealed class OpenAIUploads(ProviderCalls calls, BatchworkOptions options, TimeProvider time)
{
    // 10,000 are allowed; a smaller page is less to lose when the connection breaks.
    private const int PageSize = 1000;
    private const int MostPages = 1000;

    /// <summary>Uploads a batch. Sent once.</summary>
    public async Task<UploadedInput> UploadAsync(PreparedBatch batch, ProviderEndpoint endpoint, CancellationToken cancellationToken)
    {
        using var request = endpoint.Request(HttpMethod.Post, "/files");
        request.Content = Form(batch);
        using var limit = new CancellationTokenSource(options.UploadTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var response = await calls.Paid(endpoint.Credentials).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw await calls.FailureAsync(response, endpoint.Credentials, either.Token).ConfigureAwait(false);
            }

            var body = await calls.BodyAsync(response, endpoint.Credentials, either.Token).ConfigureAwait(false);
            return Read(calls.Parse(body, response, endpoint.Credentials))
                ?? throw calls.Unexpected("OpenAI took the upload, but its answer has no id of the file.", body, response, endpoint.Credentials);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw calls.Broken(new TimeoutException($"The upload was not done within {options.UploadTimeout}."), endpoint.Credentials);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw calls.Broken(failure, endpoint.Credentials);
        }
    }

    /// <summary>Looks for the newest upload of a name. The list begins with the newest.</summary>
    public async Task<UploadedInput?> FindAsync(string fileName, ProviderEndpoint endpoint, CancellationToken cancellationToken)
    {
        var pages = new PageTokens(MostPages);
        string? after = null;
        while (true)
        {
            var path = $"/files?purpose=batch&order=desc&limit={PageSize}" + (after is null ? "" : $"&after={Uri.EscapeDataString(after)}");
            using var request = endpoint.Request(HttpMethod.Get, path);
            var page = await calls.ReadAsync(request, endpoint.Credentials, cancellationToken).ConfigureAwait(false);
            var found = page.Property("data").Items().Where(f => f.Property("filename").Text() == fileName).Select(Read).OfType<UploadedInput>().MaxBy(f => f.CreatedAt);
            if (found is not null)
            {
                return found;
            }

            after = page.Property("data").Items().Select(f => f.Property("id").NonEmptyText()).LastOrDefault();
            if (page.Property("has_more").ValueKind != JsonValueKind.True || !pages.IsNew(after))
            {
                return null;
            }
        }
    }

    /// <summary>Deletes a file. One that is not there any more counts as deleted.</summary>
    public async Task DeleteAsync(string fileId, ProviderEndpoint endpoint, CancellationToken cancellationToken)
    {
        using var request = endpoint.Request(HttpMethod.Delete, $"/files/{ProviderIds.Given(fileId, "file")}");
        try
        {
            using var answer = await calls.OpenAsync(request, endpoint.Credentials, cancellationToken).ConfigureAwait(false);
        }
        catch (ProviderException gone) when (gone.Failure == ProviderFailure.NotFound)
        {
            // Done before.
        }
    }

    // OpenAI's order: the fields before the file. Names are quoted and the boundary is not, as browsers do it: some gateways read nothing else.
    private static MultipartFormDataContent Form(PreparedBatch batch)
    {
        var boundary = $"batchwork-{batch.Sha256[..32]}";
        var form = new MultipartFormDataContent(boundary);
        form.Headers.Remove("Content-Type");
        form.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={boundary}");
        AddField("purpose", "batch");
        if (batch.Batch.InputExpiresAfter is { } expiry)
        {
            AddField("expires_after[anchor]", "created_at");
            AddField("expires_after[seconds]", ((long)expiry.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        var file = new PreparedContent(batch, "application/jsonl");
        file.Headers.ContentDisposition = Disposition("file");
        file.Headers.ContentDisposition.FileName = $"\"{OpenAIWire.FileName(batch.Batch.Tag)}\"";
        form.Add(file);
        return form;

        void AddField(string name, string value)
        {
            var field = new StringContent(value);
            field.Headers.ContentType = null;
            field.Headers.ContentDisposition = Disposition(name);
            form.Add(field);
        }
    }

    private static ContentDispositionHeaderValue Disposition(string name) => new("form-data") { Name = $"\"{name}\"" };

    private static UploadedInput? Read(JsonElement file) =>
        file.Property("id").NonEmptyText() is { } id && ProviderIds.IsValid(id)
            ? new UploadedInput(id, file.Property("bytes").Whole(), file.Property("created_at").Date())
            : null;
}
