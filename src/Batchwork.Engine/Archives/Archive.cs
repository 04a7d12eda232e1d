using Batchwork.Engine.Images;
using Microsoft.Extensions.Logging;

namespace Batchwork.Engine.Archives;

/// <summary>
/// The pictures of a job with their manifests as one zip file, as they were when it was opened. It exists nowhere: its bytes are made while they
/// are sent, always the same ones.
/// </summary>
public sealed class Archive
{
    /// <summary>
    /// With up to so many pictures the archive is gone through before the first byte, a fraction of a second, so that its length can be promised.
    /// A larger one is sent at once without its length, unless that is known from before.
    /// </summary>
    internal const int MeasuredFirst = 5_000;

    private readonly ArchiveWriter _writer;
    private readonly ArchiveMeasures _measures;
    private readonly IImageStore _store;
    private readonly ILogger _logger;

    internal Archive(ArchiveWriter writer, ArchiveMeasures measures, IImageStore store, ILogger logger)
    {
        _writer = writer;
        _measures = measures;
        _store = store;
        _logger = logger;
    }

    /// <summary>Its name as a download.</summary>
    public required string FileName { get; init; }

    /// <summary>Two archives with the same fingerprint have the same bytes.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The job's pictures. While it runs, those of rows that are answered in this moment may be left for the next time.</summary>
    public required int Images { get; init; }

    /// <summary>Its length if that can be told at once: it is known already, or quickly found.</summary>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>Bytes, or <see langword="null"/>.</returns>
    public async Task<long?> FindLengthAsync(CancellationToken cancellationToken) =>
        Images <= MeasuredFirst ? await MeasureAsync(cancellationToken) : _measures.Find(Fingerprint)?.Length;

    /// <summary>Its length, however long it takes to find.</summary>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>Bytes.</returns>
    public async Task<long> MeasureAsync(CancellationToken cancellationToken)
    {
        if (_measures.Find(Fingerprint) is { } known)
        {
            return known.Length;
        }

        var measure = (await _writer.WriteAsync(new MeasuringOutput(), null, cancellationToken))!;
        _measures.Keep(Fingerprint, measure);
        return measure.Length;
    }

    /// <summary>Sends the archive or a part of it.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="from">The first byte.</param>
    /// <param name="to">The byte after the last; <see langword="null"/> for the archive's end.</param>
    /// <param name="cancellationToken">Stops sending.</param>
    /// <exception cref="ArchiveChangedException">The job changed meanwhile; what was sent is of no use.</exception>
    public async Task WriteAsync(Stream target, long from, long? to, CancellationToken cancellationToken)
    {
        using var output = new RangeOutput(target, _store, from, to ?? long.MaxValue, _logger);
        var known = _measures.Find(Fingerprint);
        if (await _writer.WriteAsync(output, known, cancellationToken) is { } walked)
        {
            if (known is not null && known.Length != walked.Length)
            {
                throw new ArchiveChangedException();
            }

            _measures.Keep(Fingerprint, walked);
        }
    }
}
