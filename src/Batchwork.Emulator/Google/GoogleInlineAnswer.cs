using System.Text.Json;
using System.Text.Json.Nodes;
using Batchwork.Emulator.Files;
using Batchwork.Emulator.Results;

namespace Batchwork.Emulator.Google;

/// <summary>
/// An operation that carries its results: one JSON document, written from the result file as it is read, so that a gigabyte of pictures
/// needs no more memory than one of them. The real one carries them twice, in <c>metadata.output</c> and in <c>response</c>.
/// </summary>
internal sealed class GoogleInlineAnswer(
    JsonObject operation, JsonObject output, Func<Task<IFileContent>> open, bool inMetadata, bool inResponse) : IResult
{
    private static readonly byte[] s_begin = ",\"inlinedResponses\":{\"inlinedResponses\":["u8.ToArray();
    private static readonly byte[] s_end = "]}}"u8.ToArray();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        GoogleAnswer.Begin(httpContext.Response, StatusCodes.Status200OK);
        var (body, token) = (httpContext.Response.Body, httpContext.RequestAborted);
        var json = JsonSerializer.SerializeToUtf8Bytes(operation, GoogleJson.Options);

        // …"metadata":{…}} is how it ends: the metadata is the last of its fields, if it was asked for.
        await body.WriteAsync(json.AsMemory(0, json.Length - (inMetadata ? 2 : 1)), token);
        if (inMetadata)
        {
            var comma = operation["metadata"]!.AsObject().Count > 0;
            await body.WriteAsync(comma ? ",\"output\":"u8.ToArray() : "\"output\":"u8.ToArray(), token);
            await WriteOutputAsync(body, token);
            await body.WriteAsync("}"u8.ToArray(), token);
        }

        if (inResponse)
        {
            await body.WriteAsync(operation.Count > 0 ? ",\"response\":"u8.ToArray() : "\"response\":"u8.ToArray(), token);
            await WriteOutputAsync(body, token);
        }

        await body.WriteAsync("}"u8.ToArray(), token);
    }

    private async Task WriteOutputAsync(Stream body, CancellationToken cancellationToken)
    {
        var head = JsonSerializer.SerializeToUtf8Bytes(output, GoogleJson.Options);
        await body.WriteAsync(head.AsMemory(0, head.Length - 1), cancellationToken);
        await body.WriteAsync(s_begin, cancellationToken);
        await using (var content = await open())
        await using (var joined = new JoinedLines(body))
        {
            await content.CopyToAsync(joined, 0, content.Length, cancellationToken);
        }

        await body.WriteAsync(s_end, cancellationToken);
    }
}
