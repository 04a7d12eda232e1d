using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Batchwork.Http;

namespace Batchwork.Streaming;

/// <summary>
/// Downloads a file of results and takes a broken download up again where it broke: with <c>Range</c> where the server knows it, else by reading the
/// beginning once more and throwing it away. Two versions of a file are never spliced together; an answer that the server makes anew at each call
/// (<paramref name="isFile"/> is not set) is therefore not taken up: that it broke is told, and the reader begins again.
/// </summary>
internal sealed class ResultDownload(
    string provider,
    ProviderCalls calls,
    ProviderEndpoint endpoint,
    string path,
    BatchworkOptions options,
    TimeProvider time,
    bool isFile = true) : IResultSource, IAsyncDisposable
{
    // A download that gets nowhere is given up soon; one that gets on, if only a little each time, much later.
    private const int MostFailuresWithoutProgress = 8;
    private const int MostFailuresWithLittleProgress = 64;
    private const long Progress = 64 * 1024;
    private const int SkipLength = 64 * 1024;

    private HttpResponseMessage? _response;
    private Stream? _stream;
    private PackedStream? _packed;
    private long _inflated;
    private EntityTagHeaderValue? _version;
    private long? _total;
    private long _offset;
    private long _offsetAtFailure;
    private long _offsetOfProgress;
    private int _failuresWithoutProgress;
    private int _failures;
    private bool _rangesWork = true;
    private bool _ended;

    /// <summary>Opens the file at a place. A file that is not there is told here, before anything is read.</summary>
    public async Task OpenAsync(long offset, CancellationToken cancellationToken)
    {
        _offset = _offsetAtFailure = _offsetOfProgress = offset;
        try
        {
            await ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (IsBreak(failure))
        {
            // Reading takes it up again.
            await AfterFailureAsync(failure, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (!_ended)
        {
            try
            {
                if (_stream is null)
                {
                    await ConnectAsync(cancellationToken).ConfigureAwait(false);
                    continue;
                }

                var read = await ReadOnceAsync(_stream, buffer, cancellationToken).ConfigureAwait(false);
                _offset += read;
                _ended = read == 0;
                return read;
            }
            catch (Exception failure) when (IsBreak(failure))
            {
                await AfterFailureAsync(failure, cancellationToken).ConfigureAwait(false);
            }
        }

        return 0;
    }

    public ValueTask SeekAsync(long offset, CancellationToken cancellationToken)
    {
        Close();
        _offset = offset;
        _ended = false;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private static bool IsBreak(Exception failure) => failure is HttpRequestException or IOException or InvalidDataException;

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        var response = await calls.OpenAsync(Request(), endpoint.Credentials, cancellationToken).ConfigureAwait(false);
        try
        {
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                await AfterRefusedRangeAsync(response, cancellationToken).ConfigureAwait(false);
                return;
            }

            if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.PartialContent))
            {
                throw calls.Unexpected("The provider answered with no file at all.", [], response, endpoint.Credentials);
            }

            if (response.StatusCode == HttpStatusCode.PartialContent && !BeginsHere(response.Content.Headers.ContentRange))
            {
                // Not the part that was asked for. Without Range the whole file comes.
                _rangesWork = false;
                response.Dispose();
                return;
            }

            CheckVersion(response);
            _stream = await DecodedAsync(response, cancellationToken).ConfigureAwait(false);
            _response = response;
            if (response.StatusCode == HttpStatusCode.OK && _offset > 0)
            {
                await SkipAsync(_stream, _offset, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            Close();
            response.Dispose();
            throw;
        }
    }

    private HttpRequestMessage Request()
    {
        var request = endpoint.Request(HttpMethod.Get, path);
        request.Headers.Accept.Clear();

        // Compressed, a place in the file would be no place in the bytes that come.
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        if (_offset > 0 && _rangesWork)
        {
            request.Headers.Range = new RangeHeaderValue(_offset, null);
            if (_version is { IsWeak: false } version)
            {
                request.Headers.IfRange = new RangeConditionHeaderValue(version);
            }
        }

        return request;
    }

    // The place is the file's end, or the server counts otherwise than it did.
    private async Task AfterRefusedRangeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using (response)
        {
            if (response.Content.Headers.ContentRange?.Length is not { } length || length == _offset)
            {
                _ended = true;
            }
            else if (_rangesWork && length > _offset)
            {
                _rangesWork = false;
            }
            else
            {
                throw await calls.FailureAsync(response, endpoint.Credentials, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private bool BeginsHere(ContentRangeHeaderValue? range) => range?.From == _offset && (range.Length is null || _total is null || range.Length == _total);

    private void CheckVersion(HttpResponseMessage response)
    {
        var version = response.Headers.ETag;
        var total = response.StatusCode == HttpStatusCode.OK ? response.Content.Headers.ContentLength : response.Content.Headers.ContentRange?.Length;
        if (response.Content.Headers.ContentEncoding.Count > 0)
        {
            total = null;
        }

        if ((_version is not null && version is not null && !_version.Equals(version)) || (_total is not null && total is not null && _total != total))
        {
            throw calls.Unexpected("The file of results changed while it was read. Read it again from its start.", [], response, endpoint.Credentials);
        }

        _version ??= version;
        _total ??= total;
    }

    // Some gateways compress whatever is asked.
    private async Task<Stream> DecodedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var encoding = response.Content.Headers.ContentEncoding.LastOrDefault()?.ToUpperInvariant();
        if (encoding is null or "IDENTITY")
        {
            return stream;
        }

        _rangesWork = false;
        _inflated = 0;
        _packed = new PackedStream(stream);
        return encoding switch
        {
            "GZIP" => new GZipStream(_packed, CompressionMode.Decompress),
            "BR" => new BrotliStream(_packed, CompressionMode.Decompress),
            "DEFLATE" => new ZLibStream(_packed, CompressionMode.Decompress),
            _ => throw calls.Unexpected($"The file of results came in an encoding that was not asked for: {encoding}.", [], response, endpoint.Credentials),
        };
    }

    private async Task SkipAsync(Stream stream, long count, CancellationToken cancellationToken)
    {
        var discarded = new byte[SkipLength];
        while (count > 0)
        {
            var read = await ReadOnceAsync(stream, discarded.AsMemory(0, (int)Math.Min(count, SkipLength)), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                throw new IOException("The file of results is shorter than it was.");
            }

            count -= read;
        }
    }

    private async ValueTask<int> ReadOnceAsync(Stream stream, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var idle = new CancellationTokenSource(options.IdleTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, idle.Token);
        try
        {
            var read = await stream.ReadAsync(buffer, either.Token).ConfigureAwait(false);
            _inflated += read;
            return _packed?.IsPlausible(_inflated) is false
                ? throw calls.Unexpected(ProviderCalls.ImplausiblyLarge, [], _response, endpoint.Credentials)
                : read;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"Nothing came for {options.IdleTimeout.TotalSeconds} seconds."));
        }
    }

    private async Task AfterFailureAsync(Exception failure, CancellationToken cancellationToken)
    {
        Close();
        cancellationToken.ThrowIfCancellationRequested();
        if (!isFile && _offset > 0)
        {
            throw calls.Broken(failure, endpoint.Credentials);
        }

        _failuresWithoutProgress = _offset > _offsetAtFailure ? 1 : _failuresWithoutProgress + 1;
        _offsetAtFailure = _offset;
        if (_offset - _offsetOfProgress >= Progress)
        {
            _offsetOfProgress = _offset;
            _failures = 0;
        }

        _failures++;
        if (_failuresWithoutProgress > MostFailuresWithoutProgress || _failures > MostFailuresWithLittleProgress)
        {
            var where = string.Create(CultureInfo.InvariantCulture, $"The download of results broke {_failures} times near byte {_offset}: ");
            throw new ProviderException(provider, ProviderFailure.Connection, where + ProviderCalls.Reason(failure, endpoint.Credentials), failure);
        }

        await Task.Delay(RetryWaits.After(options, _failuresWithoutProgress), time, cancellationToken).ConfigureAwait(false);
    }

    private void Close()
    {
        _stream?.Dispose();
        _response?.Dispose();
        _stream = null;
        _packed = null;
        _response = null;
    }
}
