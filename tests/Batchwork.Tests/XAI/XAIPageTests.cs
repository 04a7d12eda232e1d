using System.Net;
using System.Text;
using Batchwork.Testing.Http;
using static Batchwork.Tests.XAI.ResultPages;

namespace Batchwork.Tests.XAI;

/// <summary>Pages of results: all of them, once each, whatever happens meanwhile.</summary>
public sealed class XAIPageTests : IDisposable
{
    private readonly ScriptedHandler _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Read_Pages_AreFollowedToTheirEnd()
    {
        _server.Json(Page("t1", Picture("a"), Picture("b"))).Json(Page("t2")).Json(Page("", Picture("c")));

        var results = await ReadAsync(Batch(3), new ResultReadOptions { PageSize = 20 });

        Assert.Equal(["a", "b", "c"], results.Select(r => r.CustomId));
        Assert.Equal(
            [("pages", null, 1, 1), ("pages", "t1", 0, 2), ("pages", "t2", 1, 3)],
            results.Select(r => (r.Position.Source, r.Position.SourceId, (int)r.Position.Offset, (int)r.Position.Line)));
        Assert.Equal(
            ["GET /v1/batches/batch_1/results?limit=20", "GET /v1/batches/batch_1/results?limit=20&pagination_token=t1", "GET /v1/batches/batch_1/results?limit=20&pagination_token=t2"],
            _server.Calls.Select(c => c.ToString()));
        Assert.Equal("image/png", results[0].Images[0].MediaType);
        Assert.Equal(20_000, results[0].Usage?.CostMicroUsd);
    }

    [Fact]
    public async Task Read_TokenThatRepeats_IsNotFollowedForEver()
    {
        _server.Json(Page("t", Picture("a"))).Json(Page("t", Picture("b"))).Json(Page("t", Picture("never")));

        Assert.Equal(["a", "b"], (await ReadAsync(Batch(2))).Select(r => r.CustomId));
    }

    [Fact]
    public async Task Read_FromEachPlace_GoesOnThere()
    {
        var pages = new Dictionary<string, string>
        {
            ["?limit=100"] = Page("t1", Picture("a"), Picture("b")),
            ["?limit=100&pagination_token=t1"] = Page(null, Picture("c"), Picture("d")),
        };
        _server.Reply(call => ScriptedHandler.Make(HttpStatusCode.OK, new StringContent(pages[call.Address.Query])));
        var all = await ReadAsync(Batch(4));

        for (var i = 0; i < all.Count; i++)
        {
            var rest = await ReadAsync(Batch(4), new ResultReadOptions { From = [all[i].Position] });
            Assert.Equal(all.Skip(i + 1).Select(r => (r.CustomId, r.Position)), rest.Select(r => (r.CustomId, r.Position)));
        }
    }

    /// <summary>A running batch gives what it has; later the rest follows.</summary>
    [Fact]
    public async Task Read_WhileItRuns_TakesUpWhereItWas()
    {
        _server.Json(Page(null, Picture("a"))).Json(Page("t1", Picture("a"), Picture("b"))).Json(Page(null, Picture("c")));

        var first = await ReadAsync(Batch(0, BatchStatus.InProgress));
        var then = await ReadAsync(Batch(3), new ResultReadOptions { From = [Assert.Single(first).Position] });

        Assert.Equal(["b", "c"], then.Select(r => r.CustomId));
    }

    /// <summary>Right after the end, results lag behind the counters.</summary>
    [Fact]
    public async Task Read_FewerThanCounted_LooksAgain()
    {
        _server.Json(Page(null, Picture("a"))).Json(Page(null, Picture("a"))).Json(Page("t1", Picture("a"), Picture("b"))).Json(Page(null, Picture("c")));

        Assert.Equal(["a", "b", "c"], (await ReadAsync(Batch(3))).Select(r => r.CustomId));
    }

    [Fact]
    public async Task Read_OneThatNeverComes_IsGivenUp()
    {
        _server.Json(Page(null, Picture("a")));

        Assert.Equal(["a"], (await ReadAsync(Batch(2))).Select(r => r.CustomId));
        Assert.Equal(5, _server.Calls.Count);
    }

    /// <summary>What was filled in before the place where reading was taken up is found in the end, at the price of reading all again.</summary>
    [Fact]
    public async Task Read_TakenUpAndOneTooFew_ReadsAllAgain()
    {
        _server.Json(Page(null, Picture("x"), Picture("a"), Picture("b")));
        var from = new ResultPosition("pages", null, 2, 1);

        Assert.Equal(["b", "x", "a", "b"], (await ReadAsync(Batch(3), new ResultReadOptions { From = [from] })).Select(r => r.CustomId));
    }

    [Fact]
    public async Task Read_TokenThatIsNotKnownAnyMore_BeginsAgain()
    {
        _server.Json("""{"code":"invalid","error":"bad token"}""", HttpStatusCode.BadRequest).Json(Page(null, Picture("a")));

        Assert.Equal(["a"], (await ReadAsync(Batch(1), new ResultReadOptions { From = [new ResultPosition("pages", "old", 1, 1)] })).Select(r => r.CustomId));
    }

    [Fact]
    public async Task Read_PageBreaksOff_IsAskedForAgainAndNothingComesTwice()
    {
        var page = Encoding.UTF8.GetBytes(Page(null, Picture("a"), Picture("b"), Picture("c")));
        var calls = 0;
        await using var server = new LoopbackServer(_ => new LoopbackReply { Body = page, HangUpAfter = ++calls < 4 ? calls * page.Length / 4 : null, WithoutLength = calls == 2 });
        var sink = new Streaming.CountingSink();

        var results = await ReadAsync(server, Batch(3), sink);

        Assert.Equal(["a", "b", "c"], results);
        Assert.Equal((4, 0), (server.Calls.Count, sink.Alive));
        Assert.DoesNotContain(server.Calls, c => c.Headers.ContainsKey("Range"));
    }

    [Fact]
    public async Task Read_PageThatAlwaysBreaksOff_IsAFailure()
    {
        var page = Encoding.UTF8.GetBytes(Page(null, Picture("a"), Picture("b")));
        await using var server = new LoopbackServer(_ => new LoopbackReply { Body = page, HangUpAfter = page.Length - 5 });
        var sink = new Streaming.CountingSink();

        var failure = await Assert.ThrowsAsync<ProviderException>(() => ReadAsync(server, Batch(2), sink));

        Assert.Equal(ProviderFailure.Connection, failure.Failure);
        Assert.Equal(0, sink.Alive);
    }

    [Theory]
    [InlineData("""{"results":{"a":1}}""")]
    [InlineData("""{"code":7,"results":"x"}""")]
    [InlineData("[]")]
    public async Task Read_NoPage_IsAFailure(string answer)
    {
        _server.Json(answer);

        var failure = await Assert.ThrowsAsync<ProviderException>(() => ReadAsync(Batch(1)));

        Assert.Equal(ProviderFailure.UnexpectedAnswer, failure.Failure);
    }

    private static async Task<List<string>> ReadAsync(LoopbackServer server, BatchSnapshot batch, IImageSink sink)
    {
        var ids = new List<string>();
        var credentials = new BatchCredentials { ApiKey = "key", BaseUrl = new Uri(server.Address, "v1") };
        await foreach (var result in TestAdapter.OverNetwork().ReadResultsAsync(batch, new ResultReadOptions { Sink = sink }, credentials, Token))
        {
            ids.Add(result.CustomId);
            await result.DisposeAsync();
        }

        return ids;
    }

    private async Task<List<BatchResult>> ReadAsync(BatchSnapshot batch, ResultReadOptions? options = null)
    {
        var adapter = TestAdapter.OverHurried(_server);
        return await adapter.ReadResultsAsync(batch, options ?? new ResultReadOptions(), TestAdapter.Credentials, Token).ToListAsync(Token);
    }
}
