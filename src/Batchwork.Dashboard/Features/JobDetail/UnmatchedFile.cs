using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Batchwork.Engine.Jobs;
using Microsoft.Net.Http.Headers;

namespace Batchwork.Dashboard.Features.JobDetail;

/// <summary>Results that belong to no row as JSON Lines, one result a line, sent while they are read.</summary>
internal sealed class UnmatchedFile(IAsyncEnumerable<UnmatchedItem> results) : IResult
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "application/x-ndjson; charset=utf-8";
        response.Headers.CacheControl = "private, no-store";
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = "unmatched.jsonl" }.ToString();
        await foreach (var result in results.WithCancellation(httpContext.RequestAborted))
        {
            await response.WriteAsync(JsonSerializer.Serialize(result, s_json) + "\n", httpContext.RequestAborted);
        }
    }
}
