using System.Security.Cryptography;
using System.Text.Json;

namespace Batchwork.Emulator.OpenAI;

/// <summary>A JSON answer with the headers this API adds.</summary>
internal sealed class OpenAIAnswer(object body, int status = StatusCodes.Status200OK) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, OpenAIJson.Options);
        var response = httpContext.Response;
        AddHeaders(httpContext);
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }

    /// <summary>The headers of every answer. The limits are those of a mid-sized account and do not count down.</summary>
    public static void AddHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.TryAdd("x-request-id", "req_" + RandomNumberGenerator.GetHexString(32, lowercase: true));
        headers.TryAdd("openai-version", "2020-10-01");
        headers.TryAdd("openai-organization", "emulator");
        headers.TryAdd("openai-processing-ms", "12");
        headers.TryAdd("x-ratelimit-limit-requests", "5000");
        headers.TryAdd("x-ratelimit-remaining-requests", "4999");
        headers.TryAdd("x-ratelimit-reset-requests", "12ms");
    }
}
