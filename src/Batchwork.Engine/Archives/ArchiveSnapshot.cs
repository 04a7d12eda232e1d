using System.Collections;

namespace Batchwork.Engine.Archives;

/// <summary>
/// Which rows had their answer when a download began. An answered row does not change any more, and a row and its pictures become visible
/// together; so an archive of exactly these rows stays the same although the job goes on meanwhile.
/// </summary>
internal sealed class ArchiveSnapshot
{
    private readonly BitArray? _answered;

    private ArchiveSnapshot(BitArray? answered) => _answered = answered;

    /// <summary>All rows: the job has ended.</summary>
    public static ArchiveSnapshot All { get; } = new(null);

    /// <summary>Only these rows.</summary>
    public static ArchiveSnapshot Of(int rowCount, IEnumerable<int> answered)
    {
        var bits = new BitArray(rowCount);
        foreach (var row in answered)
        {
            bits[row] = true;
        }

        return new ArchiveSnapshot(bits);
    }

    public bool Includes(int rowIndex) => _answered is null || (rowIndex < _answered.Length && _answered[rowIndex]);

    /// <summary>The rows as bytes, for a fingerprint.</summary>
    public byte[] ToBytes()
    {
        if (_answered is null)
        {
            return [];
        }

        var bytes = new byte[(_answered.Length + 7) / 8];
        _answered.CopyTo(bytes, 0);
        return bytes;
    }
}
