using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;

namespace Batchwork.Benchmarks;

/// <summary>Decodes and writes pictures, one file each, and nothing else: what no reader can be faster than.</summary>
internal static class PlainWork
{
    /// <summary>Does it once, in a folder of its own.</summary>
    public static TimeSpan Time(string folder, int pictures, int pictureBytes)
    {
        var target = Directory.CreateDirectory(Path.Combine(folder, "limit")).FullName;
        var picture = new byte[pictureBytes];
        new Random(1).NextBytes(picture);
        var text = new byte[Base64.GetMaxEncodedToUtf8Length(pictureBytes)];
        Base64.EncodeToUtf8(picture, text, out _, out _);

        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < pictures; i++)
        {
            Base64.DecodeFromUtf8(text, picture, out _, out var written);
            using var file = File.OpenHandle(Path.Combine(target, string.Create(CultureInfo.InvariantCulture, $"{i}.png")), FileMode.CreateNew, FileAccess.Write);
            RandomAccess.Write(file, picture.AsSpan(0, written), 0);
        }

        var took = Stopwatch.GetElapsedTime(began);
        Settle(target);
        Directory.Delete(target, recursive: true);
        return took;
    }

    /// <summary>Puts a folder's files on disk, so that the next round does not wait for what this one left to be written back.</summary>
    public static void Settle(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write);
            RandomAccess.FlushToDisk(file);
        }
    }
}
