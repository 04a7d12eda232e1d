using System.IO.Compression;
using Batchwork.Engine.Archives;
using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Testing.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Engine.Tests.Archives;

public sealed class LargeArchiveTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_PicturesOfManyGibibytes_CanBeOpenedBehindFourGibibytes()
    {
        await using var engine = await TestEngine.StartAsync(Token, services => services.AddSingleton<IImageStore, EndlessStore>());
        var job = await new JobBuilder(engine).In(JobState.Done).Rows(6, RowState.Stored).SaveAsync(Token);
        await ResizeAsync(engine, 3L << 30);
        var archive = await OpenAsync(engine, job);

        await using var zip = new ZipArchive(new ArchiveStream(archive, await archive.MeasureAsync(Token)));

        Assert.Equal(8, zip.Entries.Count);
        Assert.All(zip.Entries.Take(6), e => Assert.Equal(3L << 30, e.Length));
        using var manifest = new StreamReader(await zip.GetEntry("manifest.csv")!.OpenAsync(Token));
        Assert.Contains("7-sku-006-1.png", await manifest.ReadToEndAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_AGibibyte_TakesNoMoreMemoryThanAMebibyte()
    {
        var little = await PeakAsync(1L << 16);
        var much = await PeakAsync(1L << 26);

        Assert.InRange(much - little, long.MinValue, 4 << 20);
    }

    private static async Task<long> PeakAsync(long bytes)
    {
        await using var engine = await TestEngine.StartAsync(Token, services => services.AddSingleton<IImageStore, EndlessStore>());
        var job = await new JobBuilder(engine).In(JobState.Done).Rows(16, RowState.Stored).SaveAsync(Token);
        await ResizeAsync(engine, bytes);
        var target = new WeighingStream(16 * bytes / 4);
        await (await OpenAsync(engine, job)).WriteAsync(target, 0, null, Token);
        return target.Peak;
    }

    private static async Task ResizeAsync(TestEngine engine, long bytes)
    {
        await using var context = engine.CreateContext();
        await context.Database.ExecuteSqlAsync($"UPDATE StoredImages SET Bytes = {bytes}", Token);
    }

    private static async Task<Archive> OpenAsync(TestEngine engine, Guid job) =>
        (await engine.Get<ArchiveService>().OpenAsync(engine.Owner, job, NamePattern.Default, Token))!;

    /// <summary>Has every picture, each as long as anyone wants.</summary>
    private sealed class EndlessStore : IImageStore
    {
        public ValueTask<IImageWriter> CreateAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task CommitAsync(IReadOnlyCollection<ReceivedPicture> pictures, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Stream OpenRead(string sha256, string mediaType) => new ZeroStream();

        public void Delete(string sha256, string mediaType) => throw new NotSupportedException();
    }

    private sealed class ZeroStream : ReadOnlyStream
    {
        public override long Length => long.MaxValue;

        public override int Read(Span<byte> buffer)
        {
            buffer.Clear();
            Position += buffer.Length;
            return buffer.Length;
        }
    }

    /// <summary>Reads an archive as a browser with ranges would: only the parts that are asked for are made.</summary>
    private sealed class ArchiveStream(Archive archive, long length) : ReadOnlyStream
    {
        public override long Length => length;

        // The framework reads the directory without waiting.
        public override int Read(Span<byte> buffer)
        {
            var bytes = new byte[buffer.Length];
            var count = Task.Run(() => ReadAsync(bytes).AsTask()).GetAwaiter().GetResult();
            bytes.AsSpan(0, count).CopyTo(buffer);
            return count;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = (int)Math.Min(buffer.Length, length - Position);
            using var part = new MemoryStream();
            await archive.WriteAsync(part, Position, Position + count, cancellationToken);
            part.ToArray().CopyTo(buffer);
            Position += count;
            return count;
        }
    }

    /// <summary>Throws away what it gets and looks from time to time at how much memory is really in use.</summary>
    private sealed class WeighingStream(long every) : Stream
    {
        private long _next;

        public long Peak { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get; set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Position += buffer.Length;
            if (Position >= _next)
            {
                _next = Position + every;
                Peak = Math.Max(Peak, GC.GetTotalMemory(forceFullCollection: true));
            }

            return ValueTask.CompletedTask;
        }

        public override void Flush()
        {
            // Nothing is kept.
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
