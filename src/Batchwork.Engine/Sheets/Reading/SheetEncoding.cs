using System.Buffers;
using System.Text;

namespace Batchwork.Engine.Sheets.Reading;

/// <summary>Which characters the bytes of a file stand for.</summary>
/// <param name="Encoding">The encoding.</param>
/// <param name="Preamble">Bytes of the byte order mark.</param>
/// <param name="Notice">What a person should know about the guess.</param>
internal sealed record SheetEncoding(Encoding Encoding, int Preamble, string? Notice)
{
    private const int Windows1252 = 1252;
    private const int BlockLength = 64 * 1024;

    /// <summary>Recognises the encoding: byte order mark first, then UTF-16 by its NULs, then UTF-8 by its rules, else Windows-1252.</summary>
    /// <param name="file">The file; left at any position.</param>
    /// <returns>The encoding.</returns>
    public static SheetEncoding Detect(Stream file)
    {
        file.Position = 0;
        Span<byte> head = stackalloc byte[4096];
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        return OfMark(head) ?? OfNuls(head) ?? OfBytes(file);
    }

    private static SheetEncoding? OfMark(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? new(Encoding.UTF8, 3, null)
        : head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? new(Encoding.Unicode, 2, null)
        : head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? new(Encoding.BigEndianUnicode, 2, null)
        : null;

    /// <summary>Latin text in UTF-16 has a NUL in every second byte.</summary>
    private static SheetEncoding? OfNuls(ReadOnlySpan<byte> head)
    {
        var (even, odd) = (0, 0);
        for (var i = 0; i < head.Length; i++)
        {
            even += head[i] == 0 && i % 2 == 0 ? 1 : 0;
            odd += head[i] == 0 && i % 2 == 1 ? 1 : 0;
        }

        var most = head.Length / 2 * 0.9;
        return head.Length < 4 ? null
            : odd > most && even == 0 ? new(Encoding.Unicode, 0, "Read as UTF-16 (little endian); the file does not say which encoding it has.")
            : even > most && odd == 0 ? new(Encoding.BigEndianUnicode, 0, "Read as UTF-16 (big endian); the file does not say which encoding it has.")
            : null;
    }

    private static SheetEncoding OfBytes(Stream file)
    {
        var (right, wrong) = CountSequences(file);
        return wrong == 0 || right > wrong
            // A few broken bytes in a UTF-8 file are broken rows, and named as such; they do not make it another encoding.
            ? new(Encoding.UTF8, 0, null)
            : new(
                CodePagesEncodingProvider.Instance.GetEncoding(Windows1252)!,
                0,
                "Read as Windows-1252, because it is not UTF-8. If letters look wrong, save the file as CSV UTF-8 and upload it again.");
    }

    /// <summary>Counts multi-byte sequences that keep and that break the rules of UTF-8.</summary>
    private static (long Right, long Wrong) CountSequences(Stream file)
    {
        file.Position = 0;
        var (right, wrong) = (0L, 0L);
        var buffer = ArrayPool<byte>.Shared.Rent(BlockLength);
        try
        {
            var kept = 0;
            while (true)
            {
                var read = file.Read(buffer, kept, BlockLength - kept);
                var block = buffer.AsSpan(0, kept + read);
                while (Next(ref block, isLast: read == 0) is { } valid)
                {
                    right += valid ? 1 : 0;
                    wrong += valid ? 0 : 1;
                }

                if (read == 0)
                {
                    return (right, wrong);
                }

                kept = block.Length;
                block.CopyTo(buffer);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Takes the next sequence beyond ASCII from a block; <see langword="null"/> when the block holds no whole one.</summary>
    private static bool? Next(ref Span<byte> block, bool isLast)
    {
        var start = block.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
        if (start < 0)
        {
            block = [];
            return null;
        }

        block = block[start..];
        var status = Rune.DecodeFromUtf8(block, out _, out var length);
        if (status == OperationStatus.NeedMoreData && !isLast)
        {
            return null;
        }

        block = block[Math.Max(length, 1)..];
        return status == OperationStatus.Done;
    }
}
