using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Batchwork.Emulator.XAI;

/// <summary>A JSON answer with the headers this API adds.</summary>
internal sealed class XAIAnswer(JsonObject body, int status = StatusCodes.Status200OK) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, XAIJson.Options);
        var response = httpContext.Response;
        Begin(response, status);
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }

    public static void Begin(HttpResponse response, int status)
    {
        response.StatusCode = status;
        response.ContentType = "application/json";
        AddHeaders(response);
    }

    /// <summary>The headers of every answer. The limits do not count down.</summary>
    public static void AddHeaders(HttpResponse response)
    {
        var headers = response.Headers;
        headers.TryAdd("x-request-id", RandomNumberGenerator.GetHexString(32, lowercase: true));
        headers.TryAdd("x-ratelimit-limit-requests", "1200");
        headers.TryAdd("x-ratelimit-remaining-requests", "1199");
    }
}
