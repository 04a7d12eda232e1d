using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Testing.Engine;

namespace Batchwork.Engine.Tests.Images;

/// <summary>A job has hundreds of thousands of pictures, an installation a million: none is read to be left out, counted or sorted.</summary>
public sealed class GalleryPlanTests : IAsyncLifetime
{
    private const string ByTime = "IX_StoredImages_JobId_StoredAt_RowIndex_Bytes";

    private readonly QueryPlanRecorder _plans = new();
    private TestEngine _engine = null!;
    private Guid _job;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _engine = await TestEngine.StartAsync(Token, _plans.AddTo);
        await new JobBuilder(_engine).Named("Other").Rows(50, RowState.Stored).SaveAsync(Token);
        _job = await new JobBuilder(_engine).Rows(40, RowState.Stored).SaveAsync(Token);
        _plans.Clear();
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task ReadPictures_CountsAndOrdersByIndexAlone()
    {
        var window = await _engine.Get<GalleryQueries>().ReadPicturesAsync(_engine.Owner, _job, null, 10, 10, Token);

        Assert.Equal((10, 40), (window.Items.Count, window.Total));
        Assert.Contains(_plans.Steps, s => s.Contains("COVERING INDEX IX_StoredImages_JobId", StringComparison.Ordinal));
        Assert.Contains(_plans.Steps, s => s.Contains("IX_StoredImages_JobId_RowIndex_TryNumber_Index", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FindLatest_TakesTheFirstOfAnIndex()
    {
        Assert.NotNull(await _engine.Get<GalleryQueries>().FindLatestAsync(_engine.Owner, _job, Token));

        Assert.Contains(_plans.Steps, s => s.Contains(ByTime, StringComparison.Ordinal));
        Assert.DoesNotContain(_plans.Steps, s => s.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Head_SumsBytesFromAnIndexAlone()
    {
        Assert.Equal(40, (await _engine.Get<JobQueries>().GetAsync(_engine.Owner, _job, Token))!.Images);

        Assert.Contains(_plans.Steps, s => s.Contains("COVERING INDEX " + ByTime, StringComparison.Ordinal));
    }
}
