using System.Globalization;
using Batchwork.Adapters;
using Batchwork.Testing.Http;

namespace Batchwork.Tests.OpenAI;

public sealed class OpenAISearchTests : IDisposable
{
    private static readonly DateTimeOffset s_sent = DateTimeOffset.FromUnixTimeSeconds(1795000000);

    private readonly ScriptedHandler _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task FindByTag_OnLaterPages_FindsAllOldestFirst()
    {
        _server
            .Json(Page(true, Batch("b1", 50), Batch("b2", 40, tag: "bw1-abc")))
            .Json(Page(true, Batch("b3", 30, input: "file-1")))
            .Json(Page(false, Batch("b4", 20), Batch("b2", 40, tag: "bw1-abc")));

        var found = await FindAsync("bw1-abc", "file-1");

        Assert.Equal(["b3", "b2"], found.Select(b => b.Id));
        Assert.Equal(["/v1/batches?limit=100", "/v1/batches?limit=100&after=b2", "/v1/batches?limit=100&after=b3"], _server.Calls.Select(c => c.Path));
    }

    [Fact]
    public async Task FindByTag_PageWhollyADayOlder_EndsTheSearch()
    {
        _server
            .Json(Page(true, Batch("b1", 10), Batch("b2", -90_000)))
            .Json(Page(true, Batch("b3", -86_401), Batch("b4", -90_000)))
            .Json(Page(true, Batch("b5", 0, tag: "bw1-abc")));

        Assert.Empty(await FindAsync("bw1-abc", null));
        Assert.Equal(2, _server.Calls.Count);
    }

    [Fact]
    public async Task FindByTag_OnTheLastOldPage_IsStillFound()
    {
        _server.Json(Page(true, Batch("b1", -90_000, tag: "bw1-abc")));

        Assert.Single(await FindAsync("bw1-abc", null));
        Assert.Single(_server.Calls);
    }

    [Fact]
    public async Task FindByTag_ListRepeatsItself_IsNotFollowedForEver()
    {
        _server.Json(Page(true, Batch("b1", 10)));

        Assert.Empty(await FindAsync("bw1-abc", null));
        Assert.Equal(2, _server.Calls.Count);
    }

    [Fact]
    public async Task FindByTag_NoInputFileKnown_MatchesTheTagOnly()
    {
        _server.Json("""{"data":[{"id":"b1","status":"validating","input_file_id":null,"metadata":null},{"id":"b2","status":"validating","metadata":{"bw_tag":"other"}},{"odd":1},7]}""");

        Assert.Empty(await FindAsync("bw1-abc", null));
    }

    [Fact]
    public async Task List_AllPages_AreWalked()
    {
        _server.Json(Page(true, Batch("b1", 1), Batch("b2", 2))).Json(Page(false, Batch("b3", 3)));
        var ids = new List<string>();

        await foreach (var batch in TestAdapter.Over(_server).ListAsync(TestAdapter.Credentials, Token))
        {
            ids.Add(batch.Id);
        }

        Assert.Equal(["b1", "b2", "b3"], ids);
    }

    [Fact]
    public async Task FindUpload_ByName_FindsTheNewest()
    {
        _server
            .Json("""{"data":[{"id":"file-9","filename":"other.jsonl"}],"has_more":true}""")
            .Json("""{"data":[{"id":"file-3","filename":"bw1-abc.jsonl","created_at":3},{"id":"file-2","filename":"bw1-abc.jsonl","created_at":2,"bytes":7}],"has_more":true}""");

        var found = await TestAdapter.Over(_server).FindUploadAsync("bw1-abc", TestAdapter.Credentials, Token);

        Assert.Equal("file-3", found?.FileId);
        Assert.Equal(["/v1/files?purpose=batch&order=desc&limit=1000", "/v1/files?purpose=batch&order=desc&limit=1000&after=file-9"], _server.Calls.Select(c => c.Path));
    }

    [Fact]
    public async Task FindUpload_NotThere_IsNone()
    {
        _server.Json("""{"data":[{"id":"file-9","filename":"other.jsonl"}],"has_more":true}""");

        Assert.Null(await TestAdapter.Over(_server).FindUploadAsync("bw1-abc", TestAdapter.Credentials, Token));
        Assert.Equal(2, _server.Calls.Count);
    }

    private async Task<IReadOnlyList<BatchSnapshot>> FindAsync(string tag, string? input) =>
        await TestAdapter.Over(_server).FindByTagAsync(new BatchSearch(tag, input, s_sent), TestAdapter.Credentials, Token);

    private static string Page(bool more, params string[] batches) =>
        $$"""{"object":"list","data":[{{string.Join(',', batches)}}],"has_more":{{(more ? "true" : "false")}}}""";

    private static string Batch(string id, long secondsAfter, string? tag = null, string input = "file-0") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":"{{id}}","status":"in_progress","input_file_id":"{{input}}","created_at":{{s_sent.ToUnixTimeSeconds() + secondsAfter}},"metadata":{{(tag is null ? "null" : $"{{\"bw_tag\":\"{tag}\"}}")}}}""");
}
