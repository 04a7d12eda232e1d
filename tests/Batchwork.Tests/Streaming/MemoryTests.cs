using System.Text;
using Batchwork.Streaming;

namespace Batchwork.Tests.Streaming;

/// <summary>
/// What is allocated in all bounds what is held at any time. Source and sink complete at once, so that all of it happens on this thread and other tests
/// do not count.
/// </summary>
public sealed class MemoryTests
{
    private static readonly IReadOnlyList<ImageField> s_fields = [new ImageField("b64_json", "data")];

    /// <summary>Ten pictures of 10 MB of base64 on one line.</summary>
    [Fact]
    public async Task Read_LineOf100Megabytes_TakesAFewMegabytes()
    {
        var sink = new CountingSink();
        var source = new LongLineSource(pictures: 10, lettersEach: 10_000_000);
        await ReadAsync(new LongLineSource(1, 1000), new CountingSink());

        var before = GC.GetAllocatedBytesForCurrentThread();
        var line = Assert.Single(await ReadAsync(source, sink));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(10, line.Images.Count);
        Assert.All(line.Images, i => Assert.Equal(7_500_000, i.Content!.Length));
        Assert.Equal(75_000_000, sink.Bytes);
        Assert.InRange(sink.LargestWrite, 1, 512 * 1024);
        Assert.InRange(allocated, 0, 4 * 1024 * 1024);
    }

    /// <summary>A text of 100 MB that is no picture.</summary>
    [Fact]
    public async Task Read_TextOf100Megabytes_TakesAFewMegabytes()
    {
        var source = new LongLineSource(pictures: 1, lettersEach: 100_000_000, field: "no_picture");
        await ReadAsync(new LongLineSource(1, 1000), new CountingSink());

        var before = GC.GetAllocatedBytesForCurrentThread();
        var line = Assert.Single(await ReadAsync(source, new CountingSink()));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.NotNull(line.Json);
        Assert.InRange(allocated, 0, 4 * 1024 * 1024);
    }

    /// <summary>A page of a hundred pictures of a megabyte.</summary>
    [Fact]
    public async Task Read_DocumentOf100Megabytes_TakesAFewMegabytes()
    {
        var sink = new CountingSink();
        await CountItemsAsync(new LongLineSource(1, 1000), new CountingSink());

        var before = GC.GetAllocatedBytesForCurrentThread();
        var items = await CountItemsAsync(new LongLineSource(pictures: 100, lettersEach: 1_000_000), sink);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal((100, 100, 75_000_000), (items, sink.Completed, sink.Bytes));
        Assert.InRange(allocated, 0, 4 * 1024 * 1024);
    }

    private static async Task<int> CountItemsAsync(LongLineSource source, CountingSink sink)
    {
        var reader = new ResultDocumentReader(source, s_fields, ["data"], sink);
        var items = 0;
        await foreach (var _ in reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            items++;
        }

        Assert.NotNull(reader.Around);
        return items;
    }

    private static async Task<List<ResultLine>> ReadAsync(LongLineSource source, CountingSink sink)
    {
        var lines = new List<ResultLine>();
        await foreach (var line in new ResultLineReader(source, s_fields, sink).ReadAsync(0, 0, TestContext.Current.CancellationToken))
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>Makes a line while it is read, so that only the reader needs memory.</summary>
    private sealed class LongLineSource(int pictures, int lettersEach, string field = "b64_json") : IResultSource
    {
        private readonly byte[] _start = Encoding.ASCII.GetBytes("{\"custom_id\":\"a\",\"data\":[");
        private readonly byte[] _before = Encoding.ASCII.GetBytes($"{{\"{field}\":\"");
        private readonly byte[] _between = "\"},"u8.ToArray();
        private readonly byte[] _end = "\"}]}\n"u8.ToArray();
        private int _piece;
        private int _given;

        private int Pieces => 1 + (pictures * 3);

        public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            if (_piece == Pieces)
            {
                return ValueTask.FromResult(0);
            }

            var kind = _piece == 0 ? 0 : 1 + ((_piece - 1) % 3);
            var fixedText = kind switch { 0 => _start, 1 => _before, 3 => _piece == Pieces - 1 ? _end : _between, _ => null };
            var left = (fixedText?.Length ?? lettersEach) - _given;
            var length = Math.Min(buffer.Length, left);
            if (fixedText is null)
            {
                buffer.Span[..length].Fill((byte)'A');
            }
            else
            {
                fixedText.AsSpan(_given, length).CopyTo(buffer.Span);
            }

            (_piece, _given) = length == left ? (_piece + 1, 0) : (_piece, _given + length);
            return ValueTask.FromResult(length);
        }

        public ValueTask SeekAsync(long offset, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
