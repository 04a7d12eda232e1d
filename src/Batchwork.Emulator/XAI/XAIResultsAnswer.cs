using System.Text.Json;
using Batchwork.Emulator.Results;

namespace Batchwork.Emulator.XAI;

/// <summary>A page of results: one JSON document, written as its results are made.</summary>
internal sealed class XAIResultsAnswer(Func<Stream, CancellationToken, Task> write, string? next) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        XAIAnswer.Begin(httpContext.Response, StatusCodes.Status200OK);
        var (body, token) = (httpContext.Response.Body, httpContext.RequestAborted);
        await body.WriteAsync("{\"results\":["u8.ToArray(), token);
        await using (var joined = new JoinedLines(body))
        {
            await write(joined, token);
        }

        await body.WriteAsync("],\"pagination_token\":"u8.ToArray(), token);
        await body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(next), token);
        await body.WriteAsync("}"u8.ToArray(), token);
    }
}
