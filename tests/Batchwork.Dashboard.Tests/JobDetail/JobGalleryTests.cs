using Batchwork.Dashboard.Features.JobDetail.Pictures;
using Batchwork.Dashboard.Tests.Jobs;
using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Workspaces;
using Batchwork.Testing.Engine;
using Bunit;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Dashboard.Tests.JobDetail;

public sealed class JobGalleryTests : PageContext
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Render_ARunningJob_KeepsAPlaceForEveryPictureAndListsOnlyThoseStored()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var job = await new JobBuilder(engine).Rows(2, RowState.Stored).Rows(1, RowState.Refused).Rows(3, RowState.Waiting).SaveAsync(Token);

        var gallery = await RenderAsync(engine, job);

        var list = gallery.Find("ul[role=list]");
        Assert.Equal("Images", list.GetAttribute("aria-label"));
        Assert.Equal(["A red bicycle, variation 1", "A red bicycle, variation 2"], gallery.FindAll("li:not([aria-hidden]) img").Select(i => i.GetAttribute("alt")));
        Assert.Equal(4, gallery.FindAll("li[aria-hidden=true]").Count);
        Assert.Equal(3, gallery.FindAll(".picture-waiting").Count);
        Assert.Contains("Refused", gallery.Find("li[data-place='2']").TextContent, StringComparison.Ordinal);
        Assert.Equal("6", gallery.Find(".gallery").GetAttribute("data-total"));
    }

    [Fact]
    public async Task Render_AnEndedJob_ShowsPicturesOnlyUntilPlacesAreAskedFor()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var job = await new JobBuilder(engine).In(JobState.DoneWithProblems).Rows(1, RowState.Refused).Rows(2, RowState.Stored).SaveAsync(Token);
        var gallery = await RenderAsync(engine, job);
        Assert.Equal(2, gallery.FindAll("li").Count);

        await gallery.Find("input[type=checkbox]").ChangeAsync(new() { Value = true });

        gallery.WaitForAssertion(() => Assert.Equal(3, gallery.FindAll("li").Count));
    }

    [Fact]
    public async Task Show_OtherLines_ReadsOnlyThese()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var job = await new JobBuilder(engine).In(JobState.Done).Rows(100, RowState.Stored).SaveAsync(Token);
        var gallery = await RenderAsync(engine, job);

        await gallery.InvokeAsync(() => gallery.Instance.ShowAsync(5, 10, 3, true));

        gallery.WaitForAssertion(() => Assert.Equal(Enumerable.Range(50, 15), gallery.FindAll("li").Select(li => int.Parse(li.GetAttribute("data-place")!, null))));
        Assert.Equal("--first-line: 10", gallery.Find("ul").GetAttribute("style"));
        Assert.Equal(("51", "100"), (gallery.Find("li").GetAttribute("aria-posinset"), gallery.Find("li").GetAttribute("aria-setsize")));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(-5, -5, -5)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue)]
    public async Task Show_NumbersThatNoBrowserSends_DoNoHarm(int columns, int first, int lines)
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var job = await new JobBuilder(engine).In(JobState.Done).Rows(10, RowState.Stored).SaveAsync(Token);
        var gallery = await RenderAsync(engine, job);

        await gallery.InvokeAsync(() => gallery.Instance.ShowAsync(columns, first, lines, false));

        Assert.InRange(gallery.FindAll("li").Count, 0, 10);
    }

    [Fact]
    public async Task NewPictures_WhileScrolled_AreCountedAndShownWhenAskedFor()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var job = await new JobBuilder(engine).Rows(20, RowState.Stored).Rows(5, RowState.Waiting).SaveAsync(Token);
        var gallery = await RenderAsync(engine, job);
        await gallery.InvokeAsync(() => gallery.Instance.ShowAsync(5, 1, 3, true));
        Assert.Empty(gallery.FindAll(".gallery-new button"));
        await using (var context = engine.CreateContext())
        {
            await context.JobRows.Where(r => r.State == RowState.Waiting).ExecuteUpdateAsync(set => set.SetProperty(r => r.State, RowState.Stored).SetProperty(r => r.StoredImages, 1), Token);
        }

        var read = await engine.Get<JobQueries>().GetAsync(engine.Owner, job, Token);
        gallery.Render(p => p.Add(g => g.Job, read! with { Images = 25 }));

        Assert.Equal("5 new — show", gallery.Find(".gallery-new button").TextContent);
        await gallery.Find(".gallery-new button").ClickAsync();
        gallery.WaitForAssertion(() => Assert.Empty(gallery.FindAll(".gallery-new button")));
    }

    [Fact]
    public async Task Render_WithoutAnyPicture_SaysWhatItWaitsFor()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var job = await new JobBuilder(engine).In(JobState.WaitingAtProvider).Rows(24, RowState.Waiting).SaveAsync(Token);

        var gallery = await RenderAsync(engine, job);

        Assert.Contains("No pictures yet — 0 of 24 stored.", gallery.Markup, StringComparison.Ordinal);
        Assert.Contains("no history yet", gallery.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_APictureWithoutAThumbnail_IsStillThereUnderItsPrompt()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var job = await new JobBuilder(engine).In(JobState.Done).Rows(1, RowState.Stored).SaveAsync(Token);
        await using (var context = engine.CreateContext())
        {
            await context.StoredImages.ExecuteUpdateAsync(set => set.SetProperty(i => i.Thumbnail, ThumbnailState.Impossible), Token);
        }

        var gallery = await RenderAsync(engine, job);

        Assert.Empty(gallery.FindAll("img"));
        Assert.Equal("A red bicycle, variation 1", gallery.Find("li [role=img][aria-label]").GetAttribute("aria-label"));
    }

    [Fact]
    public async Task Open_APicture_ShowsItsFactsAndItsNeighbours()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var job = await new JobBuilder(engine).In(JobState.Done).Rows(3, RowState.Stored).SaveAsync(Token);
        var images = engine.Get<ImageQueries>();
        var second = (await engine.Get<GalleryQueries>().ReadPicturesAsync(engine.Owner, job, null, 1, 1, Token)).Items[0].ImageId!.Value;

        var lightbox = Render<Lightbox>(p => p
            .Add(l => l.ImageId, second)
            .Add(l => l.Address, Address)
            .Add(l => l.MaySave, true)
            .Add(l => l.Find, (id, token) => images.GetAsync(engine.Owner, id, token)));

        lightbox.WaitForAssertion(() => Assert.Equal("Picture 2 of 3", lightbox.Find("dialog").GetAttribute("aria-label")));
        await lightbox.Find("button[aria-label=Details]").ClickAsync();
        Assert.Contains("1024x1024 from the job's defaults", lightbox.Find("aside").TextContent, StringComparison.Ordinal);
        Assert.Contains("1 always sent", lightbox.Find("aside").TextContent, StringComparison.Ordinal);
        Assert.Equal($"/w/studio/images/{second}/file", lightbox.Find("a[aria-label='Save picture']").GetAttribute("href"));
    }

    [Fact]
    public async Task F32_AnnouncedAsAnotherType_SaysBoth()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var job = await new JobBuilder(engine).In(JobState.Done).Rows(1, RowState.Stored).SaveAsync(Token);
        var images = engine.Get<ImageQueries>();
        var only = (await engine.Get<GalleryQueries>().ReadPicturesAsync(engine.Owner, job, null, 0, 1, Token)).Items[0].ImageId!.Value;

        var lightbox = Render<Lightbox>(p => p
            .Add(l => l.ImageId, only)
            .Add(l => l.Address, Address)
            .Add(l => l.Find, async (id, token) => await images.GetAsync(engine.Owner, id, token) is { } found ? found with { AnnouncedMediaType = "image/jpeg" } : null));

        lightbox.WaitForElement("button[aria-label=Details]");
        await lightbox.Find("button[aria-label=Details]").ClickAsync();
        Assert.Contains("PNG (announced as JPEG)", lightbox.Find("aside").TextContent, StringComparison.Ordinal);
    }

    private async Task<IRenderedComponent<JobGallery>> RenderAsync(TestEngine engine, Guid jobId)
    {
        var job = (await engine.Get<JobQueries>().GetAsync(engine.Owner, jobId, Token))!;
        var source = new PictureSource(engine.Get<GalleryQueries>(), engine.Owner, jobId, showPlaces: !job.Summary.State.HasEnded());
        var gallery = Render<JobGallery>(p => p
            .Add(g => g.Job, job)
            .Add(g => g.Address, Address)
            .Add(g => g.Source, source)
            .Add(g => g.Role, Role.Owner)
            .Add(g => g.Find, (id, token) => engine.Get<ImageQueries>().GetAsync(engine.Owner, id, token)));
        gallery.WaitForAssertion(() => Assert.NotEqual("0", gallery.Find(".gallery").GetAttribute("data-total")));
        return gallery;
    }
}
