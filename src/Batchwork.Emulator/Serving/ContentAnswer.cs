using Batchwork.Emulator.Faults;
using Batchwork.Emulator.Files;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Batchwork.Emulator.Serving;

/// <summary>Sends a file, or the part of it that was asked for.</summary>
internal sealed class ContentAnswer(FileRecord file, IFileContent content, bool ranges) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using (content)
        {
            await SendAsync(httpContext, httpContext.Features.Get<RequestTwists>());
        }
    }

    private async Task SendAsync(HttpContext context, RequestTwists? twists)
    {
        var (response, tag) = (context.Response, $"\"{file.Id}\"");
        response.ContentType = "application/octet-stream";
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = file.Filename }.ToString();
        response.Headers.ETag = tag;
        var (from, count) = (0L, content.Length);
        if (ranges && twists?.IgnoreRange != true)
        {
            response.Headers.AcceptRanges = "bytes";
            switch (Asked(context.Request, tag))
            {
                case ({ } first, var last) when first < content.Length:
                    (from, count) = (first, Math.Min(last, content.Length - 1) - first + 1);
                    var told = twists?.WrongRange == true ? from + 1 : from;
                    response.StatusCode = StatusCodes.Status206PartialContent;
                    response.Headers.ContentRange = new ContentRangeHeaderValue(
                        told, told + count - 1, Math.Max(content.Length, told + count)).ToString();
                    break;
                case ({ }, _):
                    response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
                    response.Headers.ContentRange = new ContentRangeHeaderValue(content.Length).ToString();
                    response.ContentLength = 0;
                    return;
            }
        }

        response.ContentLength = count;
        await content.CopyToAsync(response.Body, from, count, context.RequestAborted);
    }

    // One range; several at once are answered with everything, as the standard allows.
    private (long? First, long Last) Asked(HttpRequest request, string tag)
    {
        if (!RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var asked)
            || !StringSegment.Equals(asked.Unit, "bytes", StringComparison.OrdinalIgnoreCase)
            || asked.Ranges.Count != 1
            || (request.Headers.IfRange is { Count: > 0 } only && only != tag))
        {
            return (null, 0);
        }

        var range = asked.Ranges.Single();
        return range.From is { } from ? (from, range.To ?? long.MaxValue) : (Math.Max(0, content.Length - (range.To ?? 0)), long.MaxValue);
    }
}
