using System.Globalization;
using System.Net;
using Batchwork.Http;

namespace Batchwork.Streaming;

/// <summary>
/// Fetches one hosted picture from an address that came in a provider's answer: without key or cookies, over https, a few redirects far, up to a bound. The
/// client it uses judges the address that is really connected to.
/// </summary>
internal sealed class HostedImageFetcher(HttpClient untrusted, IImageSink sink, bool allowHttp, BatchworkOptions options, TimeProvider time)
{
    private const string Blocked = "hosted_image_blocked";
    private const string Unreachable = "hosted_image_unreachable";

    private const int MostTries = 4;
    private const int MostRedirects = 3;
    private const int BufferLength = 64 * 1024;
    private const long MostBytes = 256L * 1024 * 1024;

    // imgen.x.ai answers 403 to the names of HTTP libraries.
    private const string UserAgent = "Mozilla/5.0 (compatible; Batchwork)";

    /// <summary>Fetches a picture. A link that is gone, or leads where it must not, is told and thrown by nobody.</summary>
    public async Task<HostedImage> FetchAsync(BatchImage image, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            Failure failure;
            try
            {
                return new HostedImage(await FetchOnceAsync(image, cancellationToken).ConfigureAwait(false), null);
            }
            catch (Failure told)
            {
                failure = told;
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException)
            {
                failure = broken.InnerException is AddressRefusedException refused
                    ? new Failure(Blocked, $"The image link pointed to a private address and was blocked: {refused.Message}", mayPass: false)
                    : new Failure(Unreachable, $"The picture's host could not be reached: {ErrorText.Clean(broken.Message, null)}", mayPass: true);
            }

            if (!failure.MayPass || attempt == MostTries)
            {
                return new HostedImage(NotFetched(image), new BatchError(failure.Code, failure.Message));
            }

            await Task.Delay(failure.Wait ?? RetryWaits.After(options, attempt), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<BatchImage> FetchOnceAsync(BatchImage image, CancellationToken cancellationToken)
    {
        var address = image.Url!;
        for (var hop = 0; ; hop++)
        {
            if (address.Scheme != Uri.UriSchemeHttps && !(allowHttp && address.Scheme == Uri.UriSchemeHttp))
            {
                throw new Failure(Blocked, "The link to the picture was not followed: it does not begin with https://.", mayPass: false);
            }

            using var response = await SendAsync(address, cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return await SaveAsync(image, response, cancellationToken).ConfigureAwait(false);
            }

            if (response.StatusCode is not (>= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest) || response.Headers.Location is not { } location || hop == MostRedirects)
            {
                throw OfStatus(response);
            }

            address = new Uri(address, location);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        request.Headers.TryAddWithoutValidation("Accept", "image/*");
        return await InTimeAsync(options.AnswerTimeout, token => untrusted.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task<BatchImage> SaveAsync(BatchImage image, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = stream.ConfigureAwait(false);
        var writer = await sink.CreateAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = writer.ConfigureAwait(false);
        var sniffer = new MediaTypeSniffer();
        var buffer = new byte[BufferLength];
        var length = 0L;
        while (await InTimeAsync(options.IdleTimeout, token => stream.ReadAsync(buffer, token).AsTask(), cancellationToken).ConfigureAwait(false) is var read and > 0)
        {
            length += read;
            if (length > MostBytes)
            {
                throw new Failure("hosted_image_too_large", string.Create(CultureInfo.InvariantCulture, $"The hosted picture is larger than {MostBytes} bytes."), mayPass: false);
            }

            sniffer.Take(buffer.AsSpan(0, read));
            await writer.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }

        if (length == 0)
        {
            throw new Failure(Unreachable, "The picture's host answered with nothing.", mayPass: true);
        }

        var content = await writer.CompleteAsync(cancellationToken).ConfigureAwait(false);
        var announced = response.Content.Headers.ContentType?.MediaType ?? image.AnnouncedMediaType;
        return ResultImages.Of(image.Index, new ReceivedImage(content, length, sniffer.Tell(), IsDamaged: false), announced, image.RevisedPrompt, image.Url);
    }

    // How long the stream stands still, or an answer takes, is bounded; how long a picture takes is not.
    private async Task<T> InTimeAsync<T>(TimeSpan most, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(most, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await work(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"Nothing came for {most.TotalSeconds} seconds."));
        }
    }

    private Failure OfStatus(HttpResponseMessage response)
    {
        var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        return response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
            ? new Failure(Unreachable, $"The picture's host answered {status}.", mayPass: true) { Wait = Bounded(RetryAfterHeader.Read(response.Headers, time)) }
            : new Failure("hosted_image_gone", $"The link expired before the picture could be fetched: its host answered {status}. Send the request again for a new picture.", mayPass: false);
    }

    private TimeSpan? Bounded(TimeSpan? asked) => asked > options.MaxRetryWait ? options.MaxRetryWait : asked;

    private static BatchImage NotFetched(BatchImage image) => new()
    {
        Index = image.Index,
        Url = image.Url,
        MediaType = image.MediaType,
        AnnouncedMediaType = image.AnnouncedMediaType,
        RevisedPrompt = image.RevisedPrompt,
        Problem = ImageProblem.NotFetched,
    };

    private sealed class Failure(string code, string message, bool mayPass) : Exception(message)
    {
        public string Code { get; } = code;

        public bool MayPass { get; } = mayPass;

        public TimeSpan? Wait { get; init; }
    }
}
