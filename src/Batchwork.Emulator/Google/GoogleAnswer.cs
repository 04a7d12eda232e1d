using System.Text.Json;
using System.Text.Json.Nodes;

namespace Batchwork.Emulator.Google;

/// <summary>A JSON answer.</summary>
internal sealed class GoogleAnswer(JsonObject body, int status = StatusCodes.Status200OK) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, GoogleJson.Options);
        var response = httpContext.Response;
        Begin(response, status);
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }

    public static void Begin(HttpResponse response, int status)
    {
        response.StatusCode = status;
        response.ContentType = "application/json; charset=UTF-8";
        response.Headers.TryAdd("server-timing", "gfet4t7; dur=12");
        response.Headers.TryAdd("vary", "Origin, X-Origin, Referer");
    }
}
