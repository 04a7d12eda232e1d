using Batchwork.Emulator.Batches;
using Microsoft.Win32.SafeHandles;

namespace Batchwork.Emulator.Results;

/// <summary>The requests of a batch, read from its input one by one.</summary>
internal sealed class RequestLines(BatchPlan plan, string path) : IDisposable
{
    private readonly SafeFileHandle _input = File.OpenHandle(path);

    /// <summary>The line of a request, by its number in the input.</summary>
    public byte[] Read(int request)
    {
        var line = plan.Lines[request];
        var bytes = new byte[line.Length];
        for (var read = 0; read < bytes.Length;)
        {
            var more = RandomAccess.Read(_input, bytes.AsSpan(read), line.Offset + read);
            read += more > 0 ? more : throw new InvalidDataException($"{path} is shorter than its index says.");
        }

        return bytes;
    }

    public void Dispose() => _input.Dispose();
}
