using System.Text;

namespace Batchwork.Engine.Archives;

/// <summary>
/// Writes a zip file front to back whose entries are stored, not deflated: pictures are compressed already. Lengths and checksums stand before
/// each entry, so the same entries always give the same bytes, and their number is known before the first is sent.
/// The framework's <c>ZipArchive</c> can do none of this: on a stream that cannot seek it puts lengths behind the data, and reads all it writes.
/// </summary>
/// <remarks>Format: PKWARE APPNOTE 6.3.10, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT; the numbers in comments are its sections.</remarks>
internal sealed class ZipWriter(IZipOutput output) : IDisposable
{
    private const uint Overflow32 = 0xFFFF_FFFF;
    private const ushort Overflow16 = 0xFFFF;

    /// <summary>Section 4.4.3: 2.0 is the least that any tool asks for, 4.5 means Zip64.</summary>
    private const ushort Version20 = 20;
    private const ushort Version45 = 45;

    /// <summary>Section 4.4.2: made on Unix, so that the attributes below count.</summary>
    private const ushort MadeByUnix = (3 << 8) | Version45;

    /// <summary>Section 4.4.4, bit 11: names are UTF-8.</summary>
    private const ushort Utf8Names = 1 << 11;

    /// <summary>A regular file, rw-r--r--.</summary>
    private const uint Attributes = 0x81A4u << 16;

    private readonly ZipDirectory _directory = new();
    private readonly byte[] _header = new byte[30 + FileNames.LongestName + 64];

    /// <summary>Begins an entry. Exactly <paramref name="length"/> bytes must follow in the output.</summary>
    public ValueTask BeginAsync(string name, long length, uint crc32, DateTimeOffset modified, CancellationToken cancellationToken)
    {
        var nameBytes = Encoding.UTF8.GetBytes(name);
        var entry = new ZipEntry(nameBytes, length, crc32, modified, output.Position);
        _directory.Add(CentralHeader(entry));
        return output.WriteAsync(LocalHeader(entry), cancellationToken);
    }

    /// <summary>Ends the archive.</summary>
    public async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        var start = output.Position;
        foreach (var chunk in _directory.Chunks)
        {
            await output.WriteAsync(chunk, cancellationToken);
        }

        await output.WriteAsync(End(start, output.Position - start, output.Position), cancellationToken);
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>Section 4.3.7.</summary>
    private ReadOnlyMemory<byte> LocalHeader(ZipEntry entry)
    {
        var isLarge = entry.Length >= Overflow32;
        var to = new SpanWriter(_header);
        to.Write32(0x04034B50);
        to.Write16(isLarge ? Version45 : Version20);
        WriteCommon(ref to, entry, isLarge);
        to.Write16((ushort)entry.Name.Length);
        to.Write16((ushort)(ZipTime.ExtraLength + (isLarge ? 20 : 0)));
        to.Write(entry.Name);
        ZipTime.WriteExtra(ref to, entry.Modified);
        if (isLarge)
        {
            // Section 4.5.3: here both lengths must be present.
            to.Write16(0x0001);
            to.Write16(16);
            to.Write64((ulong)entry.Length);
            to.Write64((ulong)entry.Length);
        }

        return _header.AsMemory(0, to.Length);
    }

    /// <summary>Section 4.3.12.</summary>
    private ReadOnlySpan<byte> CentralHeader(ZipEntry entry)
    {
        var isLarge = entry.Length >= Overflow32;
        var isFar = entry.Offset >= Overflow32;
        var large = (isLarge ? 16 : 0) + (isFar ? 8 : 0);
        var to = new SpanWriter(_header);
        to.Write32(0x02014B50);
        to.Write16(MadeByUnix);
        to.Write16(large > 0 ? Version45 : Version20);
        WriteCommon(ref to, entry, isLarge);
        to.Write16((ushort)entry.Name.Length);
        to.Write16((ushort)(ZipTime.ExtraLength + (large > 0 ? 4 + large : 0)));
        to.Write16(0); // comment
        to.Write16(0); // disk
        to.Write16(0); // internal attributes
        to.Write32(Attributes);
        to.Write32(isFar ? Overflow32 : (uint)entry.Offset);
        to.Write(entry.Name);
        ZipTime.WriteExtra(ref to, entry.Modified);
        if (large > 0)
        {
            // Section 4.5.3: only what does not fit above, in this order.
            to.Write16(0x0001);
            to.Write16((ushort)large);
            if (isLarge)
            {
                to.Write64((ulong)entry.Length);
                to.Write64((ulong)entry.Length);
            }

            if (isFar)
            {
                to.Write64((ulong)entry.Offset);
            }
        }

        return _header.AsSpan(0, to.Length);
    }

    /// <summary>What local and central headers have in common: from the flags to the lengths.</summary>
    private static void WriteCommon(ref SpanWriter to, ZipEntry entry, bool isLarge)
    {
        var (date, time) = ZipTime.Dos(entry.Modified);
        to.Write16(Utf8Names);
        to.Write16(0); // method: stored
        to.Write16(time);
        to.Write16(date);
        to.Write32(entry.Crc32);
        to.Write32(isLarge ? Overflow32 : (uint)entry.Length);
        to.Write32(isLarge ? Overflow32 : (uint)entry.Length);
    }

    /// <summary>Sections 4.3.14 to 4.3.16.</summary>
    private ReadOnlyMemory<byte> End(long start, long length, long position)
    {
        var to = new SpanWriter(_header);
        if (_directory.Count >= Overflow16 || length >= Overflow32 || start >= Overflow32)
        {
            to.Write32(0x06064B50);
            to.Write64(44); // length of the rest of this record
            to.Write16(MadeByUnix);
            to.Write16(Version45);
            to.Write32(0);
            to.Write32(0);
            to.Write64((ulong)_directory.Count);
            to.Write64((ulong)_directory.Count);
            to.Write64((ulong)length);
            to.Write64((ulong)start);

            to.Write32(0x07064B50);
            to.Write32(0);
            to.Write64((ulong)position);
            to.Write32(1);
        }

        var count = (ushort)Math.Min(_directory.Count, Overflow16);
        to.Write32(0x06054B50);
        to.Write16(0);
        to.Write16(0);
        to.Write16(count);
        to.Write16(count);
        to.Write32((uint)Math.Min(length, Overflow32));
        to.Write32((uint)Math.Min(start, Overflow32));
        to.Write16(0);
        return _header.AsMemory(0, to.Length);
    }
}
