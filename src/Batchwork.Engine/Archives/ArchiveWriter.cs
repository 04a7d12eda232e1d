using System.Buffers;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using Batchwork.Engine.Jobs;

namespace Batchwork.Engine.Archives;

/// <summary>
/// Goes through an archive from its first byte to its last: the pictures in the order of the sheet, then the manifests, then the directory. What
/// goes out depends on the tables alone, so going through it again with another output gives the same bytes.
/// </summary>
internal sealed class ArchiveWriter(ArchiveJob job, ArchiveReader reader)
{
    private readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);

    /// <summary>Goes through the archive.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="known">What an earlier walk found, which saves reading all rows once more.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What the archive amounts to, or <see langword="null"/> when the output had enough before its end.</returns>
    /// <exception cref="ArchiveChangedException">The tables do not give any more what was announced.</exception>
    public async Task<ArchiveMeasure?> WriteAsync(IZipOutput output, ArchiveMeasure? known, CancellationToken cancellationToken)
    {
        using var zip = new ZipWriter(output);
        var names = NewNames();
        await foreach (var image in reader.ImagesAsync(cancellationToken))
        {
            if (output.IsSated)
            {
                return null;
            }

            await zip.BeginAsync(job.NameOf(image, names), image.Bytes, image.Crc32, image.StoredAt, cancellationToken);
            await output.WritePictureAsync(image.Sha256, image.MediaType, image.Bytes, cancellationToken);
        }

        if (output.IsSated)
        {
            return null;
        }

        var measures = known?.Manifests ?? await MeasureManifestsAsync(cancellationToken);
        foreach (var (manifest, measure) in NewManifests().Zip(measures))
        {
            await zip.BeginAsync(manifest.FileName, measure.Length, measure.Crc32, job.CreatedAt, cancellationToken);
            await WriteManifestAsync(manifest, measure, output, cancellationToken);
        }

        await zip.FinishAsync(cancellationToken);
        return new ArchiveMeasure(output.Position, measures);
    }

    private static IManifest[] NewManifests() => [new ManifestCsv(), new ManifestJson()];

    private static UniqueNames NewNames() => new([.. NewManifests().Select(m => m.FileName)]);

    private async Task<IReadOnlyList<ManifestMeasure>> MeasureManifestsAsync(CancellationToken cancellationToken)
    {
        var manifests = NewManifests();
        var lengths = new long[manifests.Length];
        var sums = Array.ConvertAll(manifests, _ => new Crc32());
        Each((m, buffer) => m.Begin(job, buffer));
        await foreach (var row in RowsAsync(cancellationToken))
        {
            Each((m, buffer) => m.Add(row, buffer));
        }

        Each((m, buffer) => m.End(buffer));
        return [.. lengths.Zip(sums, (length, sum) => new ManifestMeasure(length, sum.GetCurrentHashAsUInt32()))];

        void Each(Action<IManifest, IBufferWriter<byte>> write)
        {
            for (var i = 0; i < manifests.Length; i++)
            {
                _buffer.ResetWrittenCount();
                write(manifests[i], _buffer);
                sums[i].Append(_buffer.WrittenSpan);
                lengths[i] += _buffer.WrittenCount;
            }
        }
    }

    private async Task WriteManifestAsync(IManifest manifest, ManifestMeasure measure, IZipOutput output, CancellationToken cancellationToken)
    {
        var end = output.Position + measure.Length;
        var sum = new Crc32();
        _buffer.ResetWrittenCount();
        manifest.Begin(job, _buffer);
        await foreach (var row in RowsAsync(cancellationToken))
        {
            manifest.Add(row, _buffer);
            if (_buffer.WrittenCount >= _buffer.Capacity / 2)
            {
                await FlushAsync();
            }
        }

        manifest.End(_buffer);
        await FlushAsync();
        if (output.Position != end || sum.GetCurrentHashAsUInt32() != measure.Crc32)
        {
            throw new ArchiveChangedException();
        }

        async ValueTask FlushAsync()
        {
            sum.Append(_buffer.WrittenSpan);
            await output.WriteAsync(_buffer.WrittenMemory, cancellationToken);
            _buffer.ResetWrittenCount();
        }
    }

    /// <summary>The rows, with the names that their pictures were given above.</summary>
    private async IAsyncEnumerable<ManifestRow> RowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var names = NewNames();
        await foreach (var (row, images) in reader.RowsAsync(cancellationToken))
        {
            yield return new ManifestRow(
                row,
                RowRequest.Of(row, job.Defaults, job.Provider),
                [.. images.Select(image => new ManifestFile(job.NameOf(image, names), image))]);
        }
    }
}
