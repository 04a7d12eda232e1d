using System.Globalization;

namespace Batchwork.Engine.Hosting;

/// <summary>The room of a disk.</summary>
/// <param name="Free">Bytes that this process may still write.</param>
/// <param name="Total">Bytes of the whole disk.</param>
public sealed record DiskRoom(long Free, long Total)
{
    private const long Gibibyte = 1024L * 1024 * 1024;

    /// <summary>Bytes that must be free before pictures are ordered that will have to be stored: 5 % of the disk, at least 2 GiB, at most 20 GiB.</summary>
    public long Needed => Math.Max(2 * Gibibyte, Math.Min(Total / 20, 20 * Gibibyte));

    /// <summary>Why nothing may be ordered, for people; <see langword="null"/> when there is room.</summary>
    public string? Shortage => Free >= Needed ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"The disk of the data folder is nearly full: {InGibibytes(Free)} GiB are free, {InGibibytes(Needed)} GiB are needed before anything new is sent. Free some space; sending goes on by itself.");

    // 1.96 GiB must not read as "2.0 GiB are free, 2.0 GiB are needed".
    private static double InGibibytes(long bytes) => Math.Floor(bytes * 10.0 / Gibibyte) / 10;
}
