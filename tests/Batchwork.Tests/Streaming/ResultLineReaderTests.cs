using System.Globalization;
using System.Text;
using Batchwork.Streaming;

namespace Batchwork.Tests.Streaming;

public sealed class ResultLineReaderTests
{
    private static readonly IReadOnlyList<ImageField> s_fields = [new ImageField("b64_json", "data"), new ImageField("base64", "data")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_AnyCut_SeesTheSame()
    {
        var file = Encoding.UTF8.GetBytes(
            "\ufeff{\"id\":\"ä\",\"data\":[{\"b64_json\":\"QUJD\"},{\"b64_json\":\"QU\\nJD\\/\\u002B8=\"}]}\r\n\n  \n{\"data\":{\"base64\":\"QQ==\"},\"text\":\"b64_json\\\\\\\"\"}\n{\"id\":\"last\"}");
        var whole = await ReadAsync(new MemorySource(file));
        Assert.Equal(3, whole.Count);
        Assert.Equal(["ABC", "ABC\u00ff\u00ef"], whole[0].Pictures);
        Assert.Equal(["A"], whole[1].Pictures);

        for (var piece = 1; piece < 80; piece++)
        {
            Assert.Equal(whole.Select(l => l.ToString()), (await ReadAsync(new MemorySource(file, piece))).Select(l => l.ToString()));
        }
    }

    [Fact]
    public async Task Read_Lines_HaveTheirPlaces()
    {
        var lines = await ReadAsync(new MemorySource("{\"a\":1}\n\n{\"b\":2}\r\n{}"u8.ToArray()));

        Assert.Equal([(0L, 8L, 1L), (9L, 18L, 3L), (18L, 20L, 4L)], lines.Select(l => (l.Line.StartOffset, l.Line.EndOffset, l.Line.Number)));
    }

    [Fact]
    public async Task Read_PictureElsewhere_IsNoPicture()
    {
        var line = Assert.Single(await ReadAsync(new MemorySource("""{"b64_json":"QUJD","meta":{"b64_json":"QUJD"},"data":["QUJD",{"x":{"b64_json":"QUJD"}}]}"""u8.ToArray())));

        Assert.Empty(line.Pictures);
        Assert.Equal("QUJD", line.Line.Json!.Value.GetProperty("b64_json").GetString());
    }

    [Fact]
    public async Task Read_Placeholder_NamesThePicture()
    {
        var line = Assert.Single(await ReadAsync(new MemorySource("""{"data":[{"b64_json":null},{"b64_json":""},{"b64_json":"QUJD"}]}"""u8.ToArray())));

        var entries = line.Line.Json!.Value.GetProperty("data");
        Assert.Equal("picture 1: 4 letters of base64", entries[2].GetProperty("b64_json").GetString());
        Assert.Equal(1, ImagePlaceholder.Index(entries[2].GetProperty("b64_json").GetString()));
        Assert.Null(line.Line.Images[0].Content);
    }

    [Theory]
    [InlineData("{\"id\":\"a\"")]
    [InlineData("<html>")]
    [InlineData("{\"id\":\"a\" \"b\"}")]
    [InlineData("{\"x\":\"\u0001\"}")]
    [InlineData("\0\0\0")]
    [InlineData("{\"a\":[1,2}")]
    [InlineData("}}}]]]")]
    public async Task Read_BadLine_IsOneFaultAndTheNextIsRead(string bad)
    {
        var lines = await ReadAsync(new MemorySource(Encoding.UTF8.GetBytes(bad + "\n{\"id\":\"next\",\"data\":[{\"b64_json\":\"QQ==\"}]}\n")));

        Assert.Equal(2, lines.Count);
        Assert.NotNull(lines[0].Line.Fault);
        Assert.Equal(bad, lines[0].Line.Text);
        Assert.Equal(["A"], lines[1].Pictures);
    }

    [Fact]
    public async Task Read_LineCutInAPicture_KeepsWhatCame()
    {
        var lines = await ReadAsync(new MemorySource("{\"custom_id\":\"a\",\"data\":[{\"b64_json\":\"QUJDREVG\n{\"id\":\"next\"}\n"u8.ToArray()));

        Assert.Equal(2, lines.Count);
        Assert.Null(lines[0].Line.Json);
        Assert.True(lines[0].Line.Images[0].IsDamaged);
        Assert.Equal(["ABCDEF"], lines[0].Pictures);
        Assert.Equal("a", RawAnswer.Salvage(lines[0].Line, "custom_id"));
    }

    [Fact]
    public async Task Read_TornLastLine_IsFetchedAgain()
    {
        var source = new MemorySource("{\"id\":1}\n{\"id\":2,\"data\":[{\"b64_json\":\"QUJ"u8.ToArray())
        {
            AfterSeek = "{\"id\":1}\n{\"id\":2,\"data\":[{\"b64_json\":\"QUJD\"}]}\n"u8.ToArray(),
        };

        var lines = await ReadAsync(source);

        Assert.Equal(1, source.Seeks);
        Assert.Equal(["ABC"], lines[1].Pictures);
        Assert.Equal(2, lines[1].Line.Number);
    }

    [Fact]
    public async Task Read_LastLineStaysTorn_IsOneFaultInTheEnd()
    {
        var source = new MemorySource("{\"id\":1}\n{\"id\":"u8.ToArray());

        var lines = await ReadAsync(source);

        Assert.Equal(2, source.Seeks);
        Assert.Equal([null, "{\"id\":"], lines.Select(l => l.Line.Fault is null ? null : l.Line.Text));
    }

    [Fact]
    public async Task Read_HugeText_IsCutByItself()
    {
        // Cut inside of an escape, of a pair of escapes and of a character, at every offset.
        foreach (var unit in new[] { "x", "\\n", "\\\\", "\\ud83d\\udebf", "ä", "\ud83d\udebf" })
        {
            for (var lead = 0; lead < 13; lead++)
            {
                var text = new string('x', lead) + string.Concat(Enumerable.Repeat(unit, 80_000));
                var line = Assert.Single(await ReadAsync(new MemorySource(Encoding.UTF8.GetBytes($$"""{"text":"{{text}}","custom_id":"a"}"""))));

                Assert.Null(line.Line.Fault);
                Assert.Equal("a", line.Line.Json!.Value.GetProperty("custom_id").GetString());
                var kept = line.Line.Json!.Value.GetProperty("text").GetString()!;
                Assert.EndsWith("…", kept, StringComparison.Ordinal);
                Assert.DoesNotContain('\uFFFD', kept);
                Assert.InRange(Encoding.UTF8.GetByteCount(kept), 5_000, 64 * 1024 + 3);
            }
        }
    }

    [Fact]
    public async Task Read_MoreThanALineMayHold_IsOneFault()
    {
        var many = string.Join(',', Enumerable.Range(0, 100_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"k{i}\":1")));

        var lines = await ReadAsync(new MemorySource(Encoding.UTF8.GetBytes($$"""{"custom_id":"a",{{many}}}""" + "\n{}\n")));

        Assert.Equal(2, lines.Count);
        Assert.NotNull(lines[0].Line.Fault);
        Assert.Equal("a", RawAnswer.Salvage(lines[0].Line, "custom_id"));
    }

    [Fact]
    public async Task Read_DeepNesting_IsOneFault()
    {
        var deep = new string('[', 100_000);

        var lines = await ReadAsync(new MemorySource(Encoding.UTF8.GetBytes(deep + "\n{\"data\":[{\"b64_json\":\"QQ==\"}]}\n")));

        Assert.NotNull(lines[0].Line.Fault);
        Assert.Equal(["A"], lines[1].Pictures);
    }

    [Fact]
    public async Task Read_StoppedInTheMiddle_DropsWhatWasUnderWay()
    {
        var sink = new CountingSink();
        var file = "{\"data\":[{\"b64_json\":\"QUJD\"},{\"b64_json\":\"QUJDRA"u8.ToArray();
        var reader = new ResultLineReader(new FailingSource(file), s_fields, sink);

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (var line in reader.ReadAsync(0, 0, Token))
            {
                Assert.Fail("No line was complete.");
            }
        });

        Assert.Equal((1, 0), (sink.Completed, sink.Alive));
    }

    private static async Task<List<SeenLine>> ReadAsync(MemorySource source)
    {
        var seen = new List<SeenLine>();
        await foreach (var line in new ResultLineReader(source, s_fields, new TemporaryImageSink()).ReadAsync(0, 0, Token))
        {
            var pictures = new List<string>();
            foreach (var image in line.Images.Where(i => i.Content is not null))
            {
                using var copy = new MemoryStream();
                await using var content = image.Content!.OpenRead();
                await content.CopyToAsync(copy, Token);
                pictures.Add(Encoding.Latin1.GetString(copy.ToArray()));
            }

            seen.Add(new SeenLine(line, pictures));
        }

        return seen;
    }

    private sealed record SeenLine(ResultLine Line, List<string> Pictures)
    {
        public override string ToString() =>
            $"{Line.StartOffset}-{Line.EndOffset} #{Line.Number} {Line.Json?.GetRawText()} {Line.Fault} {string.Join('|', Pictures)}";
    }

    private sealed class FailingSource(byte[] file) : IResultSource
    {
        private bool _read;

        public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            if (_read)
            {
                throw new IOException("gone");
            }

            _read = true;
            file.CopyTo(buffer);
            return ValueTask.FromResult(file.Length);
        }

        public ValueTask SeekAsync(long offset, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
