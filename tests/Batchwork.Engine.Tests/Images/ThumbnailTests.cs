using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Pictures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Engine.Tests.Images;

public sealed class ThumbnailTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunOnce_PendingPictures_MakesTheNewestJobsFirstAndNotesThem()
    {
        var thumbnailer = new CountingThumbnailer();
        await using var engine = await StartAsync(thumbnailer);
        var older = await new JobBuilder(engine).Rows(40, RowState.Stored).Pictures((row, _) => TestPictures.Png(seed: row)).SaveAsync(Token);
        engine.Time.Advance(TimeSpan.FromMinutes(1));
        var newer = await new JobBuilder(engine).Rows(2, RowState.Stored).Pictures((row, _) => TestPictures.Png(seed: 100 + row)).SaveAsync(Token);

        var first = await Worker(engine).RunOnceAsync(Token);

        Assert.Equal(32, first);
        Assert.Equal((2, 30), (await CountAsync(engine, newer, ThumbnailState.Made), await CountAsync(engine, older, ThumbnailState.Made)));
        Assert.Equal((10, 0), (await Worker(engine).RunOnceAsync(Token), await Worker(engine).RunOnceAsync(Token)));
        Assert.Equal(42, thumbnailer.Calls);
    }

    [Fact]
    public async Task RunOnce_IdenticalPictures_AreMadeOnce()
    {
        var thumbnailer = new CountingThumbnailer();
        await using var engine = await StartAsync(thumbnailer);
        var one = TestPictures.Png();
        await new JobBuilder(engine).Rows(3, RowState.Stored).Pictures((_, _) => one).SaveAsync(Token);
        var job = await new JobBuilder(engine).Rows(2, RowState.Stored).Pictures((_, _) => one).SaveAsync(Token);

        await Worker(engine).RunOnceAsync(Token);

        Assert.Equal(1, thumbnailer.Calls);
        Assert.Equal(2, await CountAsync(engine, job, ThumbnailState.Made));
    }

    [Fact]
    public async Task RunOnce_ADamagedPicture_IsNotedAsImpossibleAndTheOthersAreMade()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var job = await new JobBuilder(engine)
            .Rows(2, RowState.Stored)
            .Pictures((row, _) => row == 0 ? TestPictures.Png(400, 400).AsMemory(0, 300) : TestPictures.Png())
            .SaveAsync(Token);

        await Worker(engine).RunOnceAsync(Token);

        Assert.Equal((1, 1), (await CountAsync(engine, job, ThumbnailState.Impossible), await CountAsync(engine, job, ThumbnailState.Made)));
    }

    [Fact]
    public async Task Worker_StartedWithAHost_MakesWhatIsPendingAndWhatComes()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var first = await new JobBuilder(engine).Rows(1, RowState.Stored).Pictures((_, _) => TestPictures.Png()).SaveAsync(Token);
        using var heard = engine.Get<ILiveUpdates>().Subscribe(engine.WorkspaceId, null, TimeSpan.Zero);
        await using var changes = heard.WatchAsync(Token).GetAsyncEnumerator(Token);
        await Worker(engine).StartAsync(Token);

        await changes.MoveNextAsync();
        Assert.Equal(1, await CountAsync(engine, first, ThumbnailState.Made));

        await Worker(engine).StopAsync(Token);
        Assert.True(Worker(engine).ExecuteTask!.IsCompleted);
    }

    [Fact]
    public async Task Open_AThumbnailThatWasLost_MakesItAgain()
    {
        var thumbnailer = new CountingThumbnailer();
        await using var engine = await StartAsync(thumbnailer);
        await new JobBuilder(engine).Rows(1, RowState.Stored).Pictures((_, _) => TestPictures.Png()).SaveAsync(Token);
        var picture = await PictureAsync(engine);
        await Worker(engine).RunOnceAsync(Token);
        Directory.Delete(engine.DataFolder.Thumbnails, recursive: true);

        await using var thumbnail = await engine.Get<Thumbnails>().OpenAsync(picture.Sha256, picture.MediaType, Token);

        Assert.NotNull(thumbnail);
        Assert.Equal(2, thumbnailer.Calls);
    }

    [Fact]
    public async Task Ensure_APictureThatIsGone_IsImpossible()
    {
        await using var engine = await TestEngine.StartAsync(Token);

        Assert.Equal(ThumbnailState.Impossible, await engine.Get<Thumbnails>().EnsureAsync(new string('a', 64), MediaTypes.Png, Token));
    }

    [Fact]
    public async Task Ensure_APictureOnWhichTheProcessDiedThreeTimes_IsNotOpenedAgain()
    {
        var thumbnailer = new CountingThumbnailer();
        await using var engine = await StartAsync(thumbnailer);
        await new JobBuilder(engine).Rows(1, RowState.Stored).Pictures((_, _) => TestPictures.Png()).SaveAsync(Token);
        var picture = await PictureAsync(engine);
        for (var i = 0; i < 3; i++)
        {
            // The process began, and never came to the end.
            Assert.True(engine.Get<ThumbnailFolder>().BeginTry(picture.Sha256));
        }

        Assert.Equal(ThumbnailState.Impossible, await engine.Get<Thumbnails>().EnsureAsync(picture.Sha256, picture.MediaType, Token));
        Assert.Equal(0, thumbnailer.Calls);
    }

    [Fact]
    public async Task Ensure_TheDecoderThrows_LeavesNoNoteBehind()
    {
        await using var engine = await StartAsync(new CountingThumbnailer { Throws = true });
        await new JobBuilder(engine).Rows(1, RowState.Stored).Pictures((_, _) => TestPictures.Png()).SaveAsync(Token);
        var picture = await PictureAsync(engine);

        for (var i = 0; i < 4; i++)
        {
            await Assert.ThrowsAsync<IOException>(() => engine.Get<Thumbnails>().EnsureAsync(picture.Sha256, picture.MediaType, Token));
        }
    }

    private static Task<TestEngine> StartAsync(IThumbnailer thumbnailer) =>
        TestEngine.StartAsync(Token, services => services.AddSingleton(thumbnailer));

    private static ThumbnailWorker Worker(TestEngine engine) => engine.Get<ThumbnailWorker>();

    private static async Task<int> CountAsync(TestEngine engine, Guid job, ThumbnailState state)
    {
        await using var context = engine.CreateContext();
        return await context.StoredImages.CountAsync(i => i.JobId == job && i.Thumbnail == state, Token);
    }

    private static async Task<StoredImage> PictureAsync(TestEngine engine)
    {
        await using var context = engine.CreateContext();
        return await context.StoredImages.SingleAsync(Token);
    }

    private sealed class CountingThumbnailer : IThumbnailer
    {
        public int Calls { get; private set; }

        public bool Throws { get; init; }

        public byte[]? Make(Stream picture, string mediaType)
        {
            Calls++;
            return Throws ? throw new IOException("The disk is gone.") : [1, 2, 3];
        }
    }
}
