using Batchwork.Streaming;

namespace Batchwork.Tests.Streaming;

public sealed class TemporaryImageSinkTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "batchwork-tests-" + Path.GetRandomFileName());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task Complete_SmallPicture_StaysInMemory()
    {
        var content = await WriteAsync(new TemporaryImageSink(_folder), 1000, 500);

        Assert.IsType<MemoryImageContent>(content);
        Assert.False(Directory.Exists(_folder));
    }

    [Fact]
    public async Task Complete_LargePicture_IsAFileThatVanishes()
    {
        var sink = new TemporaryImageSink(_folder) { MaxPictureInMemory = 1000 };

        var content = await WriteAsync(sink, 600, 600, 600);

        var file = Assert.Single(Directory.GetFiles(_folder));
        Assert.Equal(1800, new FileInfo(file).Length);
        Assert.Equal(1800, content.Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        await content.DisposeAsync();
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Complete_MemoryOfAllIsUsedUp_SmallOnesBecomeFilesUntilOthersGo()
    {
        var sink = new TemporaryImageSink(_folder) { MaxMemory = 1500 };

        var first = await WriteAsync(sink, 1000);
        Assert.IsType<FileImageContent>(await WriteAsync(sink, 1000));
        await first.DisposeAsync();
        await first.DisposeAsync();

        Assert.IsType<MemoryImageContent>(await WriteAsync(sink, 1000));
        Assert.IsType<FileImageContent>(await WriteAsync(sink, 1000));
    }

    [Fact]
    public async Task Dispose_NotCompleted_LeavesNothing()
    {
        var writer = await new TemporaryImageSink(_folder) { MaxPictureInMemory = 10 }.CreateAsync(Token);
        await writer.WriteAsync(new byte[100], Token);
        Assert.Single(Directory.GetFiles(_folder));

        await writer.DisposeAsync();

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1_000_000)]
    public async Task OpenRead_AnyKind_GivesTheBytes(int maxInMemory)
    {
        var content = await WriteAsync(new TemporaryImageSink(_folder) { MaxPictureInMemory = maxInMemory }, 3000, 5);
        var image = new BatchImage { Index = 0, Content = content };

        var bytes = await image.ReadBytesAsync(cancellationToken: Token);
        using var copy = new MemoryStream();
        await image.SaveAsync(copy, Token);
        var path = Path.Combine(_folder, "saved.bin");
        Directory.CreateDirectory(_folder);
        await image.SaveAsync(path, Token);

        Assert.Equal(3005, bytes.Length);
        Assert.Equal(bytes, copy.ToArray());
        Assert.Equal(bytes, await File.ReadAllBytesAsync(path, Token));
        Assert.Equal(bytes, Convert.FromBase64String(await image.ToBase64Async(cancellationToken: Token)));
        await Assert.ThrowsAsync<IOException>(() => image.SaveAsync(path, Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => image.ReadBytesAsync(3004, Token));
    }

    private static async Task<IImageContent> WriteAsync(TemporaryImageSink sink, params int[] lengths)
    {
        await using var writer = await sink.CreateAsync(Token);
        foreach (var length in lengths)
        {
            await writer.WriteAsync(Enumerable.Repeat((byte)length, length).ToArray(), Token);
        }

        return await writer.CompleteAsync(Token);
    }
}
