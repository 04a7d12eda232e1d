using System.Buffers;
using System.IO.Compression;
using Batchwork.Engine.Archives;

namespace Batchwork.Engine.Tests.Archives;

public sealed class ZipWriterTests
{
    private static readonly DateTimeOffset s_time = new(2026, 11, 22, 9, 30, 2, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_OneSmallEntry_GivesExactlyTheseBytes()
    {
        var output = new MemoryOutput();
        using var zip = new ZipWriter(output);

        await zip.BeginAsync("é.png", 3, 0x12345678, s_time, Token);
        await output.WriteAsync("abc"u8.ToArray(), Token);
        await zip.FinishAsync(Token);

        Assert.Equal(
            "504B0304" + "1400" + "0008" + "0000" + "C14B" + "765D" + "78563412" + "03000000" + "03000000" + "0600" + "0900"
            + "C3A92E706E67" + "5554" + "0500" + "01" + "1AB6026B" + "616263"
            + "504B0102" + "2D03" + "1400" + "0008" + "0000" + "C14B" + "765D" + "78563412" + "03000000" + "03000000" + "0600" + "0900" + "0000" + "0000" + "0000"
            + "0000A481" + "00000000" + "C3A92E706E67" + "5554" + "0500" + "01" + "1AB6026B"
            + "504B0506" + "0000" + "0000" + "0100" + "0100" + "3D000000" + "30000000" + "0000",
            Convert.ToHexString(output.Bytes));
    }

    [Theory]
    [InlineData(0xFFFF_FFFEL)]
    [InlineData(0xFFFF_FFFFL)]
    [InlineData(0x1_0000_0005L)]
    public async Task Write_EntriesAroundFourGibibytes_AreReadByTheFramework(long length)
    {
        var output = new SparseOutput();
        using var zip = new ZipWriter(output);
        await zip.BeginAsync("large.bin", length, 0, s_time, Token);
        await output.WritePictureAsync("", "", length, Token);
        await zip.BeginAsync("behind.txt", 5, 0x3610A686, s_time, Token);
        await output.WriteAsync("hello"u8.ToArray(), Token);
        await zip.FinishAsync(Token);

        await using var archive = new ZipArchive(output.OpenRead());

        Assert.Equal([("large.bin", length), ("behind.txt", 5)], archive.Entries.Select(e => (e.FullName, e.Length)));
        using var reader = new StreamReader(await archive.Entries[1].OpenAsync(Token));
        Assert.Equal("hello", await reader.ReadToEndAsync(Token));
    }

    [Theory]
    [InlineData(65_534)]
    [InlineData(65_535)]
    [InlineData(70_000)]
    public async Task Write_MoreEntriesThanSixteenBitsCount_AreAllThere(int count)
    {
        var output = new MemoryOutput();
        using var zip = new ZipWriter(output);
        for (var i = 0; i < count; i++)
        {
            await zip.BeginAsync($"{i}.png", 0, 0, s_time, Token);
        }

        await zip.FinishAsync(Token);

        await using var archive = new ZipArchive(new MemoryStream(output.Bytes));
        Assert.Equal(count, archive.Entries.Count);
        Assert.Equal($"{count - 1}.png", archive.Entries[^1].FullName);
    }

    private sealed class MemoryOutput : IZipOutput
    {
        private readonly ArrayBufferWriter<byte> _bytes = new();

        public byte[] Bytes => _bytes.WrittenSpan.ToArray();

        public long Position => _bytes.WrittenCount;

        public bool IsSated => false;

        public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            _bytes.Write(bytes.Span);
            return ValueTask.CompletedTask;
        }

        public ValueTask WritePictureAsync(string sha256, string mediaType, long length, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
