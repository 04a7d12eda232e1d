using System.Net;
using System.Net.Http.Headers;
using Batchwork.Emulator.Tests.Support;

namespace Batchwork.Emulator.Tests;

public sealed class ContentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Content_OfUpload_IsWhatWasSent()
    {
        await using var emulation = await Emulation.StartAsync();
        var line = Emulation.Line("a", "Ein Füchslein 🦊");
        var id = (await emulation.UploadAsync(line)).Text("id");

        Assert.Equal(line + "\n", await emulation.ContentAsync(id));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Content_OfResults_HasTheLengthTheFileTells(int repeat)
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat);
        var batch = await emulation.RetrieveAsync(
            await emulation.SubmitAsync([.. Enumerable.Range(0, 9).Select(i => Emulation.Line($"{i}", $"Fox {i}"))]));
        var id = batch.Text("output_file_id");

        var file = await emulation.GetAsync($"openai/v1/files/{id}");
        using var response = await emulation.Client.GetAsync($"openai/v1/files/{id}/content", Token);
        var content = await response.Content.ReadAsByteArrayAsync(Token);

        Assert.Equal(file.Number("bytes"), content.Length);
        Assert.Equal(content.Length, response.Content.Headers.ContentLength);
        Assert.Equal("batch_output", file.Text("purpose"));
        Assert.Equal((byte)'\n', content[^1]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Content_InRanges_AddsUpToTheWhole(int repeat)
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat);
        var batch = await emulation.RetrieveAsync(
            await emulation.SubmitAsync([.. Enumerable.Range(0, 5).Select(i => Emulation.Line($"{i}", $"Fox {i}"))]));
        var path = $"openai/v1/files/{batch.Text("output_file_id")}/content";
        var whole = await emulation.Client.GetByteArrayAsync(path, Token);
        var parts = new MemoryStream();

        while (parts.Length < whole.Length)
        {
            using var response = await RangeAsync(
                emulation, path, new RangeHeaderValue(parts.Length, Math.Min(parts.Length + 4999, whole.Length - 1)));
            Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
            Assert.Equal(whole.Length, response.Content.Headers.ContentRange!.Length);
            await response.Content.CopyToAsync(parts, Token);
        }

        Assert.Equal(whole, parts.ToArray());
    }

    [Theory]
    [InlineData("bytes=2-", HttpStatusCode.PartialContent, "c\"")]
    [InlineData("bytes=-3", HttpStatusCode.PartialContent, "\"}\n")]
    [InlineData("bytes=0-0", HttpStatusCode.PartialContent, "{")]
    [InlineData("bytes=100000-", HttpStatusCode.RequestedRangeNotSatisfiable, "")]
    [InlineData("bytes=0-1,4-5", HttpStatusCode.OK, "{\"c\":\"")]
    [InlineData("lines=1-2", HttpStatusCode.OK, "{\"c\":\"")]
    public async Task Content_WithRange_AnswersAsTheStandardSays(string range, HttpStatusCode status, string begins)
    {
        await using var emulation = await Emulation.StartAsync();
        var id = (await emulation.UploadAsync("{\"c\":\"1234567890\"}")).Text("id");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"openai/v1/files/{id}/content");
        request.Headers.TryAddWithoutValidation("Range", range);

        using var response = await emulation.Client.SendAsync(request, Token);

        Assert.Equal(status, response.StatusCode);
        Assert.StartsWith(begins, await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_IfRangeOfOtherFile_AnswersWhole()
    {
        await using var emulation = await Emulation.StartAsync();
        var id = (await emulation.UploadAsync("{}")).Text("id");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"openai/v1/files/{id}/content");
        request.Headers.Range = new RangeHeaderValue(1, null);
        request.Headers.IfRange = new RangeConditionHeaderValue("\"file-other\"");

        using var response = await emulation.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Content_RangesOff_AnswersWhole()
    {
        await using var emulation = await Emulation.StartAsync(new EmulatorSettings { AnswerRanges = false });
        var id = (await emulation.UploadAsync("{}")).Text("id");

        using var response = await RangeAsync(emulation, $"openai/v1/files/{id}/content", new RangeHeaderValue(1, null));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(response.Headers.AcceptRanges);
    }

    [Fact]
    public async Task Content_DroppedToSaveSpace_IsMadeAgainTheSame()
    {
        using var folder = new TemporaryFolder();
        await using var emulation = await Emulation.StartAsync(
            new EmulatorSettings { Schedule = Batches.BatchSchedule.Instant, StateFolder = folder.Path, ResultsOnDisk = 0 });
        var first = await emulation.RetrieveAsync(await emulation.SubmitAsync(Emulation.Line("a", "A fox"), Emulation.Line("b", "A bear")));
        var before = await emulation.ContentAsync(first.Text("output_file_id"));

        _ = await emulation.RetrieveAsync(await emulation.SubmitAsync(Emulation.Line("a", "Another")));
        Assert.False(File.Exists(folder.At($"results/{first.Text("output_file_id")}.jsonl")));

        Assert.Equal(before, await emulation.ContentAsync(first.Text("output_file_id")));
    }

    private static Task<HttpResponseMessage> RangeAsync(Emulation emulation, string path, RangeHeaderValue range)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Range = range;
        return emulation.Client.SendAsync(request, Token);
    }
}
