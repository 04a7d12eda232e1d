using System.Net.Http.Headers;
using System.Text.Json;
using Batchwork.Adapters;
using Batchwork.Json;

namespace Batchwork.Http;

/// <summary>The calls to <c>/files</c> that OpenAI and xAI have in common.</summary>
internal sealed class FileCalls(string displayName, ProviderCalls calls, BatchworkOptions options, TimeProvider time)
{
    private const string Path = "/files";

    /// <summary>Uploads a batch. Sent once.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="fields">The fields of the form. They stand before the file: xAI ignores what comes behind it.</param>
    /// <param name="fileName">The name of the file.</param>
    /// <param name="endpoint">Where and as whom.</param>
    /// <param name="cancellationToken">Cancels the upload.</param>
    public async Task<UploadedInput> UploadAsync(
        PreparedBatch batch,
        IReadOnlyList<(string Name, string Value)> fields,
        string fileName,
        ProviderEndpoint endpoint,
        CancellationToken cancellationToken)
    {
        using var request = endpoint.Request(HttpMethod.Post, Path);
        request.Content = Form(batch, fields, fileName);
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
                ?? throw calls.Unexpected($"{displayName} took the upload, but its answer has no id of the file.", body, response, endpoint.Credentials);
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

    /// <summary>Deletes a file. One that is not there any more counts as deleted.</summary>
    public async Task DeleteAsync(string fileId, ProviderEndpoint endpoint, CancellationToken cancellationToken)
    {
        using var request = endpoint.Request(HttpMethod.Delete, $"{Path}/{ProviderIds.Given(fileId, "file")}");
        try
        {
            using var answer = await calls.OpenAsync(request, endpoint.Credentials, cancellationToken).ConfigureAwait(false);
        }
        catch (ProviderException gone) when (gone.Failure == ProviderFailure.NotFound)
        {
            // Done before.
        }
    }

    /// <summary>The newest file of a name on a page of files.</summary>
    public static UploadedInput? Newest(JsonElement page, string fileName) =>
        page.Property("data").Items().Where(f => f.Property("filename").Text() == fileName).Select(Read).OfType<UploadedInput>().MaxBy(f => f.CreatedAt);

    // Names are quoted and the boundary is not, as browsers do it: some gateways read nothing else.
    private static MultipartFormDataContent Form(PreparedBatch batch, IReadOnlyList<(string Name, string Value)> fields, string fileName)
    {
        var boundary = $"batchwork-{batch.Sha256[..32]}";
        var form = new MultipartFormDataContent(boundary);
        form.Headers.Remove("Content-Type");
        form.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={boundary}");
        foreach (var (name, value) in fields)
        {
            var field = new StringContent(value);
            field.Headers.ContentType = null;
            field.Headers.ContentDisposition = Disposition(name);
            form.Add(field);
        }

        var file = new PreparedContent(batch, "application/jsonl");
        file.Headers.ContentDisposition = Disposition("file");
        file.Headers.ContentDisposition.FileName = $"\"{fileName}\"";
        form.Add(file);
        return form;
    }

    private static ContentDispositionHeaderValue Disposition(string name) => new("form-data") { Name = $"\"{name}\"" };

    private static UploadedInput? Read(JsonElement file) =>
        file.Property("id").NonEmptyText() is { } id && ProviderIds.IsValid(id)
            ? new UploadedInput(id, file.Property("bytes").Whole(), file.Property("created_at").Date())
            : null;
}
