using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Batchwork.Dashboard.Tests.Hosting;
using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Pictures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Dashboard.Tests.Gallery;

public sealed class PictureEndpointTests : IAsyncLifetime
{
    private static readonly byte[] s_png = TestPictures.Png(800, 400);

    private readonly DashboardServer _server = new();
    private HttpClient _browser = null!;
    private string _png = null!;
    private string _unknown = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _browser = await _server.SignedInAsync(Token);
        var job = await new JobBuilder(_server.Services, await _server.OwnerAsync(Token))
            .In(JobState.Done)
            .Rows(2, RowState.Stored)
            .CustomIds(row => row == 0 ? "café/1" : "page")
            .Pictures((row, _) => row == 0 ? s_png : Encoding.UTF8.GetBytes("<html><script>alert(1)</script></html>"))
            .SaveAsync(Token);
        await using var context = await ContextAsync();
        var images = await context.StoredImages.Where(i => i.JobId == job).OrderBy(i => i.RowIndex).Select(i => i.Id).ToListAsync(Token);
        (_png, _unknown) = ($"/w/studio/images/{images[0]}", $"/w/studio/images/{images[1]}");
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Image_OfAKnownType_IsShownByteForByteAndLockedDown()
    {
        using var answer = await _browser.GetAsync(_png, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(s_png, await answer.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal("image/png", answer.Content.Headers.ContentType!.ToString());
        Assert.Null(answer.Content.Headers.ContentDisposition);
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("sandbox; default-src 'none'", Header(answer, "Content-Security-Policy"));
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Resource-Policy"));
        Assert.Contains("private", Header(answer, "Cache-Control"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/file")]
    public async Task Image_OfAnotherType_IsOnlyEverADownload(string path)
    {
        using var answer = await _browser.GetAsync(_unknown + path, Token);

        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("3-page-1.bin", answer.Content.Headers.ContentDisposition.FileName);
    }

    [Fact]
    public async Task File_IsAnAttachmentUnderItsRowsName()
    {
        using var answer = await _browser.GetAsync(_png + "/file", Token);

        var disposition = answer.Content.Headers.ContentDisposition!;
        Assert.Equal(("attachment", "2-café_1-1.png"), (disposition.DispositionType, disposition.FileNameStar));
        Assert.Equal(s_png.Length, answer.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Image_WithTheTagItWasSentWith_IsNotSentAgain()
    {
        using var first = await _browser.GetAsync(_png, Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, _png);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var again = await _browser.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task Image_ARange_IsThatPart()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _png) { Headers = { Range = new RangeHeaderValue(10, 29) } };

        using var answer = await _browser.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(s_png[10..30], await answer.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task Thumbnail_NotMadeYet_IsMadeForWhoeverLooks()
    {
        using var answer = await _browser.GetAsync(_png + "/thumbnail", Token);

        Assert.Equal("image/webp", answer.Content.Headers.ContentType!.ToString());
        using var thumbnail = new MemoryStream(await answer.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal(new ImageHeader(512, 256, false), ImageHeader.Read(thumbnail, MediaTypes.WebP));
        using var original = await _browser.GetAsync(_png, Token);
        Assert.NotEqual(original.Headers.ETag, answer.Headers.ETag);
    }

    [Fact]
    public async Task Thumbnail_OfWhatIsNeverOpened_IsNotThere()
    {
        using var answer = await _browser.GetAsync(_unknown + "/thumbnail", Token);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/file")]
    [InlineData("/thumbnail")]
    public async Task EveryAddress_ForSomeoneNotSignedIn_LeadsToSignIn(string path)
    {
        using var stranger = _server.Browser();

        using var answer = await stranger.GetAsync(_png + path, Token);

        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Redirect, HttpStatusCode.Unauthorized, HttpStatusCode.NotFound });
        Assert.NotEqual("image/png", answer.Content.Headers.ContentType?.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/file")]
    [InlineData("/thumbnail")]
    public async Task EveryAddress_OfAnotherWorkspacesPicture_IsAnsweredLikeOneThatIsNotThere(string path)
    {
        var owner = await _server.OwnerAsync(Token);
        var elsewhere = await new JobBuilder(_server.Services, new Actor(owner.UserId, owner.Name, Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), Role.Owner))
            .In(JobState.Done).Rows(1, RowState.Stored).Pictures((_, _) => s_png).SaveAsync(Token);
        await using var context = await ContextAsync();
        var image = await context.StoredImages.Where(i => i.JobId == elsewhere).Select(i => i.Id).SingleAsync(Token);

        using var foreign = await _browser.GetAsync($"/w/studio/images/{image}{path}", Token);
        using var missing = await _browser.GetAsync($"/w/studio/images/{Guid.Empty}{path}", Token);
        using var elsewhereToo = await _browser.GetAsync($"/w/elsewhere/images/{image}{path}", Token);

        Assert.All([foreign, missing, elsewhereToo], answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
    }

    private static string Header(HttpResponseMessage answer, string name) => string.Join(",", answer.Headers.GetValues(name));

    private Task<EngineDbContext> ContextAsync() => _server.Services.GetRequiredService<IDbContextFactory<EngineDbContext>>().CreateDbContextAsync(Token);
}
