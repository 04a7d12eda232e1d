using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Testing.Engine;

namespace Batchwork.Engine.Tests.Images;

public sealed class GalleryTests : IAsyncLifetime
{
    private TestEngine _engine = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private GalleryQueries Queries => _engine.Get<GalleryQueries>();

    public async ValueTask InitializeAsync() => _engine = await TestEngine.StartAsync(Token);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public void Places_OfRowsWithDifferentNumbers_AreFoundBothWays()
    {
        var places = new GalleryPlaces([1, 1, 0, 4, 0, 0, 2, 1, 0]);

        var all = Enumerable.Range(0, places.Total).Select(places.At).ToList();

        Assert.Equal([(0, 0), (1, 0), (3, 0), (3, 1), (3, 2), (3, 3), (6, 0), (6, 1), (7, 0)], all);
        Assert.Equal(Enumerable.Range(0, 9), all.Select(at => places.Of(at.RowIndex, at.Index)));
        Assert.Equal(5, places.Of(3, 9));
    }

    [Fact]
    public void Places_OutsideTheGallery_AreRefused()
    {
        var places = new GalleryPlaces([1, 2]);

        Assert.Throws<ArgumentOutOfRangeException>(() => places.At(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => places.At(-1));
    }

    [Fact]
    public async Task ReadPlaces_OfARunningJob_ShowsPicturesAndEmptyPlacesInTheSheetsOrder()
    {
        var job = await new JobBuilder(_engine)
            .Rows(1, RowState.Stored, requested: 2)
            .Rows(1, RowState.Skipped)
            .Rows(1, RowState.Refused)
            .Rows(1, RowState.Partial, requested: 3, stored: 1)
            .Rows(1, RowState.Waiting)
            .SaveAsync(Token);
        var places = await Queries.PlacesAsync(_engine.Owner, job, Token);

        var window = await Queries.ReadPlacesAsync(_engine.Owner, job, places, 1, 5, Token);

        Assert.Equal(7, window.Total);
        Assert.Equal(
            [(2, 1, true), (4, 0, false), (5, 0, true), (5, 1, false), (5, 2, false)],
            window.Items.Select(i => (i.Number, i.Index, i.ImageId is not null)));
        Assert.Equal([RowState.Stored, RowState.Refused, RowState.Partial, RowState.Partial, RowState.Partial], window.Items.Select(i => i.State));
    }

    [Theory]
    [InlineData(-5, 3, 0)]
    [InlineData(2, 10, 1)]
    [InlineData(9, 10, 0)]
    public async Task ReadPlaces_WindowsBeyondTheEnds_AreCut(int offset, int count, int expected)
    {
        var job = await new JobBuilder(_engine).Rows(3, RowState.Stored).SaveAsync(Token);
        var places = await Queries.PlacesAsync(_engine.Owner, job, Token);

        Assert.Equal(offset < 0 ? 3 : expected, (await Queries.ReadPlacesAsync(_engine.Owner, job, places, offset, count, Token)).Items.Count);
    }

    [Fact]
    public async Task ReadPictures_StoredLaterThanTheLook_AreLeftOut()
    {
        var job = await new JobBuilder(_engine).Rows(3, RowState.Stored, requested: 2).Rows(2, RowState.Waiting).SaveAsync(Token);
        var now = _engine.Time.GetUtcNow();

        var all = await Queries.ReadPicturesAsync(_engine.Owner, job, null, 2, 3, Token);
        var before = await Queries.ReadPicturesAsync(_engine.Owner, job, now.AddSeconds(-1), 0, 10, Token);

        Assert.Equal([(3, 0), (3, 1), (4, 0)], all.Items.Select(i => (i.Number, i.Index)));
        Assert.Equal((6, 0), (all.Total, before.Total));
    }

    [Fact]
    public async Task Get_APictureInTheMiddle_KnowsItsNeighboursAndValues()
    {
        var job = await new JobBuilder(_engine)
            .Rows(3, RowState.Stored, requested: 2, own: new ImageDefaults { N = 2 })
            .SaveAsync(Token);
        var all = await Queries.ReadPicturesAsync(_engine.Owner, job, null, 0, 10, Token);
        var images = _engine.Get<ImageQueries>();

        var detail = await images.GetAsync(_engine.Owner, all.Items[3].ImageId!.Value, Token);
        var first = await images.GetAsync(_engine.Owner, all.Items[0].ImageId!.Value, Token);

        Assert.Equal((4, 6, all.Items[2].ImageId, all.Items[4].ImageId), (detail!.Ordinal, detail.Total, detail.Previous, detail.Next));
        Assert.Equal((2, ValueOrigin.Row), (detail.Request.N.Value, detail.Request.N.Origin));
        Assert.Equal(("1024x1024", ValueOrigin.Default), (detail.Request.Size.Value, detail.Request.Size.Origin));
        Assert.Equal("3-sku-002-2.png", detail.File.FileName);
        Assert.Equal((null, 1), (first!.Previous, first.Ordinal));
    }

    [Fact]
    public async Task EveryRead_OfAnotherWorkspacesPictures_FindsNothing()
    {
        var job = await new JobBuilder(_engine).Rows(3, RowState.Stored).SaveAsync(Token);
        var stranger = await _engine.AddStrangerAsync(Token);
        var image = (await Queries.ReadPicturesAsync(_engine.Owner, job, null, 0, 1, Token)).Items[0].ImageId!.Value;
        var places = await Queries.PlacesAsync(_engine.Owner, job, Token);

        Assert.Equal(0, (await Queries.PlacesAsync(stranger, job, Token)).Total);
        Assert.Empty((await Queries.ReadPlacesAsync(stranger, job, places, 0, 3, Token)).Items);
        Assert.Equal(0, (await Queries.ReadPicturesAsync(stranger, job, null, 0, 10, Token)).Total);
        Assert.Null(await Queries.FindLatestAsync(stranger, job, Token));
        Assert.Null(await _engine.Get<ImageQueries>().FindAsync(stranger, image, Token));
        Assert.Null(await _engine.Get<ImageQueries>().GetAsync(stranger, image, Token));
    }
}
