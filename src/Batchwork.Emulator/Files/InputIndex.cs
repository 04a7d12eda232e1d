using System.Runtime.InteropServices;
using Batchwork.Emulator.Storage;

namespace Batchwork.Emulator.Files;

/// <summary>The lines of an upload, kept beside it.</summary>
internal static class InputIndex
{
    public static async Task WriteAsync(string path, IReadOnlyList<InputLine> lines, CancellationToken cancellationToken)
    {
        InputLine[] all = [.. lines];
        await using (var file = DurableFile.Create(path + DurableFile.Unfinished))
        {
            await file.WriteAsync(MemoryMarshal.AsBytes(all.AsSpan()).ToArray(), cancellationToken);
            file.Flush(flushToDisk: true);
        }

        DurableFile.Finish(path);
    }

    public static async Task<InputLine[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        return MemoryMarshal.Cast<byte, InputLine>(bytes).ToArray();
    }
}
