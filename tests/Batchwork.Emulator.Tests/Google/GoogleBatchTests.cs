using System.Text.Json.Nodes;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Google;
using Batchwork.Emulator.Tests.Support;

namespace Batchwork.Emulator.Tests.Google;

public sealed class GoogleBatchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task File_FromUploadToResults_HasTheApisShape()
    {
        await using var emulation = await Emulation.StartAsync();
        var google = emulation.Google;
        var file = await google.UploadAsync("files/tag-1", GoogleClient.Line("a", "A fox"), GoogleClient.Line("b", "A bear"));

        var created = await Emulation.ReadAsync(await google.PostFileBatchAsync("files/tag-1"));
        emulation.Time.Advance(TimeSpan.FromHours(1));
        var done = await google.GetAsync(created.Text("name"));
        var results = await google.ResultsAsync(done);

        Assert.Equal(("files/tag-1", "job.jsonl", "ACTIVE"), (file.Text("name"), file.Text("displayName"), file.Text("state")));
        Assert.Equal(("BATCH_STATE_PENDING", "tag"), (created.Text("metadata.state"), created.Text("metadata.displayName")));
        Assert.Null(created["done"]);
        Assert.Equal("files/tag-1", created.Text("metadata.inputConfig.fileName"));
        Assert.Equal("2", created.Text("metadata.batchStats.pendingRequestCount"));
        Assert.Null(created.At("metadata.batchStats.successfulRequestCount"));
        Assert.Equal(("BATCH_STATE_SUCCEEDED", "2"), (done.Text("metadata.state"), done.Text("metadata.batchStats.successfulRequestCount")));
        Assert.True(done["done"]!.GetValue<bool>());
        Assert.Equal(done.Text("response.responsesFile"), done.Text("metadata.output.responsesFile"));
        Assert.Equal($"files/batch-{done.Text("name")["batches/".Length..]}", done.Text("response.responsesFile"));
        Assert.Equal(["a", "b"], results.Select(line => line.Text("key")).Order());
        Assert.All(results, line => Assert.Equal("image/png", GoogleClient.Parts(line)[0].Text("inlineData.mimeType")));
        Assert.Equal(1120, results[0].At("response.usageMetadata.candidatesTokenCount")!.GetValue<int>());
    }

    [Theory]
    [InlineData("both", true, true)]
    [InlineData("response", true, false)]
    [InlineData("metadata", false, true)]
    public async Task Inline_Done_CarriesResultsInOrderWhereTheyBelong(string place, bool inResponse, bool inMetadata)
    {
        await using var emulation = await Emulation.StartAsync(new EmulatorSettings
        {
            Schedule = BatchSchedule.Instant,
            Repeat = 1,
            Google = new GoogleSettings { ResultsIn = place },
        });

        var done = await emulation.Google.SubmitInlineAsync(
            [.. Enumerable.Range(0, 9).Select(i => GoogleClient.Inline($"{i}", "A fox"))]);

        Assert.Equal(
            (inResponse, inMetadata),
            (done.At("response.inlinedResponses") is not null, done.At("metadata.output.inlinedResponses") is not null));
        var results = GoogleClient.InlineResults(done, inResponse ? "response" : "metadata.output");
        Assert.Equal(Enumerable.Range(0, 9).Select(i => $"{i}"), results.Select(result => result.Text("metadata.key")));
        Assert.All(results, result => Assert.NotEmpty(GoogleClient.Pictures(result)[0]));
    }

    [Theory]
    [InlineData("name,done,metadata(state,batchStats)", "done,metadata,name", "batchStats,state")]
    [InlineData("done,metadata/state", "done,metadata", "state")]
    [InlineData("metadata.state,metadata.name", "metadata", "name,state")]
    [InlineData("metadata(output)", "metadata", "output")]
    [InlineData("response,metadata/output", "metadata,response", "output")]
    public async Task Inline_WithFields_HasOnlyThose(string fields, string names, string inMetadata)
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);
        var done = await emulation.Google.SubmitInlineAsync(GoogleClient.Inline("a", "A fox"));

        var masked = await emulation.Google.GetAsync($"{done.Text("name")}?fields={fields}");

        Assert.Equal(names, string.Join(',', masked.Select(one => one.Key).Order()));
        Assert.Equal(inMetadata, string.Join(',', masked["metadata"]!.AsObject().Select(one => one.Key).Order()));
    }

    [Fact]
    public async Task List_PagesNewestFirst_WithoutInlineResults()
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);
        var names = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            names.Insert(0, (await emulation.Google.SubmitInlineAsync(GoogleClient.Inline("a", "A fox"))).Text("name"));
        }

        var first = await emulation.Google.GetAsync("batches?pageSize=2");
        var second = await emulation.Google.GetAsync($"batches?pageSize=2&pageToken={first.Text("nextPageToken")}");

        List<JsonNode> all = [.. first["operations"]!.AsArray().Concat(second["operations"]!.AsArray()).Select(one => one!)];
        Assert.Equal(names, all.Select(one => one.Text("name")));
        Assert.All(all, one => Assert.Null(one["response"]));
        Assert.Null(second["nextPageToken"]);
    }

    [Fact]
    public async Task Cancel_Running_EndsWithErrorAndNoResults()
    {
        await using var emulation = await Emulation.StartAsync();
        var batch = await emulation.Google.SubmitAsync(GoogleClient.Line("a", "A fox"));

        var answer = await Emulation.ReadAsync(await emulation.Google.PostAsync($"{batch.Text("name")}:cancel", "{}"));
        emulation.Time.Advance(TimeSpan.FromMinutes(1));
        var cancelled = await emulation.Google.GetAsync(batch.Text("name"));

        Assert.Empty(answer);
        Assert.Equal(("BATCH_STATE_CANCELLED", 1), (cancelled.Text("metadata.state"), cancelled.Number("error.code")));
        Assert.Null(cancelled["response"]);
        Assert.Equal(1, emulation.Emulator.Ledger.Read().Providers["google"].Cancels);
    }

    [Fact]
    public async Task Expire_AfterTwoDays_NoResults()
    {
        await using var emulation = await Emulation.StartAsync();
        var batch = await emulation.Google.SubmitAsync(GoogleClient.Line("a", "A fox [[expire]]"), GoogleClient.Line("b", "A bear"));

        emulation.Time.Advance(TimeSpan.FromHours(47));
        var running = await emulation.Google.GetAsync(batch.Text("name"));
        emulation.Time.Advance(TimeSpan.FromHours(2));
        var expired = await emulation.Google.GetAsync(batch.Text("name"));

        Assert.Equal(("BATCH_STATE_RUNNING", "BATCH_STATE_EXPIRED"), (running.Text("metadata.state"), expired.Text("metadata.state")));
        Assert.Null(expired["response"]);
    }

    [Fact]
    public async Task Delete_Batch_IsOutOfSight()
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);
        var batch = await emulation.Google.SubmitInlineAsync(GoogleClient.Inline("a", "A fox"));

        using var deleted = await emulation.Client.DeleteAsync(GoogleClient.V1 + batch.Text("name"), Token);
        var (status, error) = await Emulation.ErrorAsync(await emulation.Client.GetAsync(GoogleClient.V1 + batch.Text("name"), Token));

        Assert.Equal((true, 404, "NOT_FOUND"), (deleted.IsSuccessStatusCode, status, error.Text("status")));
    }

    [Theory]
    [InlineData("{", 400)]
    [InlineData("""{"batch":{}}""", 400)]
    [InlineData("""{"batch":{"displayName":"t","inputConfig":{"fileName":"files/nope"}}}""", 404)]
    [InlineData("""{"batch":{"displayName":"t","inputConfig":{"requests":{"requests":[]}}}}""", 400)]
    [InlineData("""{"batch":{"displayName":"t","colour":"red","inputConfig":{"fileName":"files/nope"}}}""", 400)]
    [InlineData("""{"batch":{"displayName":"t","inputConfig":{"requests":{"requests":[{"request":{"contents":[{"parts":[{"text":"x"}]}],"labels":{"a":"b"}}}]}}}}""", 400)]
    public async Task Create_WrongBody_RefusedAndNotInLedger(string body, int expected)
    {
        await using var emulation = await Emulation.StartAsync();

        var (status, error) = await Emulation.ErrorAsync(
            await emulation.Google.PostAsync($"models/{GoogleClient.Model}:batchGenerateContent", body));

        Assert.Equal((expected, expected), (status, error.Number("code")));
        Assert.Equal(0, emulation.Emulator.Ledger.Read().Totals.Creates);
    }

    [Theory]
    [InlineData("gemini-3.1-flash-image", "gemini-nano-banana-2.1")]
    [InlineData("gemini-9", "gemini-9")]
    public async Task Create_ModelThatIsGone_NotFoundAndNamesAnother(string model, string named)
    {
        await using var emulation = await Emulation.StartAsync();

        var (status, error) = await Emulation.ErrorAsync(await emulation.Google.PostFileBatchAsync("files/x", model: model));

        Assert.Equal((404, "NOT_FOUND"), (status, error.Text("status")));
        Assert.Contains(named, error.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_InvalidLine_FailsTheBatch()
    {
        await using var emulation = await Emulation.StartInstantAsync();

        var batch = await emulation.Google.SubmitAsync(GoogleClient.Line("a", "A fox"), "{");

        Assert.Equal(("BATCH_STATE_FAILED", 3), (batch.Text("metadata.state"), batch.Number("error.code")));
    }

    [Fact]
    public async Task Models_List_SaysWhichCanBeBatched()
    {
        await using var emulation = await Emulation.StartAsync();

        var models = (await emulation.Google.GetAsync("models"))["models"]!.AsArray().ToDictionary(model => model!.Text("name"), model => model!);

        Assert.Contains("batchGenerateContent", models["models/gemini-3-pro-image"]["supportedGenerationMethods"]!.AsArray().Select(one => (string)one!));
        Assert.DoesNotContain("models/gemini-3.1-flash-image", models.Keys);
    }

    [Theory]
    [InlineData("", 403, "PERMISSION_DENIED")]
    [InlineData("AIza-invalid", 400, "INVALID_ARGUMENT")]
    public async Task Key_MissingOrWrong_Refused(string key, int status, string name)
    {
        await using var emulation = await Emulation.StartAsync();
        emulation.Client.DefaultRequestHeaders.Remove("x-goog-api-key");
        using var request = new HttpRequestMessage(HttpMethod.Get, GoogleClient.V1 + "batches");
        request.Headers.TryAddWithoutValidation("x-goog-api-key", key);

        var (answered, error) = await Emulation.ErrorAsync(await emulation.Client.SendAsync(request, Token));

        Assert.Equal((status, name), (answered, error.Text("status")));
    }
}
