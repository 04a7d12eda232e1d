using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Batchwork.Dashboard.Tests.Hosting;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Pictures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Dashboard.Tests.JobDetail;

public sealed class ArchiveEndpointTests : IAsyncLifetime
{
    private readonly DashboardServer _server = new();
    private HttpClient _browser = null!;
    private Guid _job;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Address => $"/w/studio/jobs/{_job}/archive.zip";

    public async ValueTask InitializeAsync()
    {
        _browser = await _server.SignedInAsync(Token);
        _job = await new JobBuilder(_server.Services, await _server.OwnerAsync(Token))
            .Named("Frühling: 1/2")
            .In(JobState.Done)
            .Rows(3, RowState.Stored)
            .Pictures((row, _) => TestPictures.Png(seed: row))
            .SaveAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Get_AFinishedJob_SendsAZipOfTheAnnouncedLengthUnderItsName()
    {
        using var answer = await _browser.GetAsync(Address, HttpCompletionOption.ResponseHeadersRead, Token);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Token);

        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(bytes.Length, answer.Content.Headers.ContentLength);
        Assert.Equal(("attachment", "Frühling_ 1_2.zip"), (answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentDisposition.FileNameStar));
        await using var zip = new ZipArchive(new MemoryStream(bytes));
        Assert.Equal(5, zip.Entries.Count);
    }

    [Fact]
    public async Task Get_ADownloadThatBrokeOff_GoesOnWhereItStopped()
    {
        using var whole = await _browser.GetAsync(Address, Token);
        var bytes = await whole.Content.ReadAsByteArrayAsync(Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, Address);
        request.Headers.Range = new RangeHeaderValue(100, null);
        request.Headers.IfRange = new RangeConditionHeaderValue(whole.Headers.ETag!);

        using var rest = await _browser.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.PartialContent, rest.StatusCode);
        Assert.Equal($"bytes 100-{bytes.Length - 1}/{bytes.Length}", rest.Content.Headers.ContentRange!.ToString());
        Assert.Equal(bytes[100..], await rest.Content.ReadAsByteArrayAsync(Token));
    }

    [Theory]
    [InlineData("bytes=-22", HttpStatusCode.PartialContent, 22)]
    [InlineData("bytes=5-5", HttpStatusCode.PartialContent, 1)]
    [InlineData("bytes=99999999-", HttpStatusCode.RequestedRangeNotSatisfiable, 0)]
    public async Task Get_OtherRanges_AreAnsweredAsTheStandardSays(string range, HttpStatusCode expected, int length)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address);
        request.Headers.TryAddWithoutValidation("Range", range);

        using var answer = await _browser.SendAsync(request, Token);

        Assert.Equal(expected, answer.StatusCode);
        if (expected == HttpStatusCode.PartialContent)
        {
            Assert.Equal(length, (await answer.Content.ReadAsByteArrayAsync(Token)).Length);
        }
    }

    [Fact]
    public async Task Get_TheJobChangedSinceTheDownloadBrokeOff_BeginsAnew()
    {
        using var whole = await _browser.GetAsync(Address, Token);
        await _server.Services.GetRequiredService<JobService>().RenameAsync(await _server.OwnerAsync(Token), _job, "Other", Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, Address);
        request.Headers.Range = new RangeHeaderValue(100, null);
        request.Headers.IfRange = new RangeConditionHeaderValue(whole.Headers.ETag!);

        using var answer = await _browser.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEqual(whole.Headers.ETag, answer.Headers.ETag);
    }

    [Fact]
    public async Task Get_WithTheTagItWasSentWith_IsNotSentAgain()
    {
        using var whole = await _browser.GetAsync(Address, Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, Address);
        request.Headers.IfNoneMatch.Add(whole.Headers.ETag!);

        using var again = await _browser.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task Head_TellsTheLengthWithoutTheBytes()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, Address);

        using var answer = await _browser.SendAsync(request, Token);

        Assert.True(answer.Content.Headers.ContentLength > 500);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task Get_WithAPatternThatMakesNoSense_SaysWhatIsPossible()
    {
        using var answer = await _browser.GetAsync(Address + "?names={nope}", Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("{row}, {id}", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ByAViewer_IsForbidden()
    {
        await using (var context = await _server.Services.GetRequiredService<IDbContextFactory<EngineDbContext>>().CreateDbContextAsync(Token))
        {
            await context.Members.ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, Role.Viewer), Token);
        }

        using var answer = await _browser.GetAsync(Address, Token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Get_AJobThatIsNotOurs_IsAnsweredLikeOneThatIsNotThere()
    {
        using var missing = await _browser.GetAsync($"/w/studio/jobs/{Guid.Empty}/archive.zip", Token);
        using var elsewhere = await _browser.GetAsync($"/w/elsewhere/jobs/{_job}/archive.zip", Token);

        Assert.All([missing, elsewhere], answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
    }
}
