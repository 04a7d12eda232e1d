using Batchwork.Engine.Archives;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace Batchwork.Dashboard.Features.JobDetail;

/// <summary>Sends an archive while it is made. A download that broke off goes on where it stopped, as long as the job is still the same.</summary>
internal sealed partial class ArchiveResult(Archive archive, ILogger<ArchiveResult> logger) : IResult
{
    private readonly EntityTagHeaderValue _tag = new($"\"{archive.Fingerprint}\"");

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var request = httpContext.Request.GetTypedHeaders();
        SetHeaders(response);
        if (request.IfNoneMatch.Any(tag => tag.Compare(_tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var (from, to) = (0L, (long?)null);
        if (RangeOf(request) is { } range)
        {
            var length = await archive.MeasureAsync(httpContext.RequestAborted);
            if (Resolve(range, length) is not { } part)
            {
                response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
                response.Headers.ContentRange = $"bytes */{length}";
                return;
            }

            (from, to) = part;
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {from}-{to - 1}/{length}";
            response.ContentLength = to - from;
        }
        else
        {
            response.ContentLength = await archive.FindLengthAsync(httpContext.RequestAborted);
        }

        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await SendAsync(httpContext, from, to);
        }
    }

    /// <summary>One range is what browsers and download managers ask for; several at once are answered with the whole, as the standard allows.</summary>
    private RangeItemHeaderValue? RangeOf(RequestHeaders request) =>
        request.Range is { Unit: { } unit, Ranges.Count: 1 } header
        && unit.Equals("bytes", StringComparison.OrdinalIgnoreCase)
        && (request.IfRange is null || (request.IfRange.EntityTag is { } tag && tag.Compare(_tag, useStrongComparison: true)))
            ? header.Ranges.Single()
            : null;

    private static (long From, long To)? Resolve(RangeItemHeaderValue range, long length)
    {
        var from = range.From ?? Math.Max(length - range.To!.Value, 0);
        var to = range.From is null ? length : Math.Min((range.To ?? (length - 1)) + 1, length);
        return from < to ? (from, to) : null;
    }

    private void SetHeaders(HttpResponse response)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(archive.FileName);
        response.ContentType = "application/zip";
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.ETag = _tag.ToString();
        response.Headers.AcceptRanges = "bytes";
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
    }

    private async Task SendAsync(HttpContext context, long from, long? to)
    {
        try
        {
            await archive.WriteAsync(context.Response.Body, from, to, context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The browser went away.
        }
        catch (Exception e)
        {
            // Headers and perhaps gigabytes are sent: the only honest way to say that this is not the whole file is to break the connection.
            LogBroken(e, archive.FileName);
            context.Abort();
        }
    }

    [LoggerMessage(7001, LogLevel.Error, "The download of {FileName} was broken off")]
    private partial void LogBroken(Exception exception, string fileName);
}
