using System.Net;
using Batchwork.Adapters;
using Batchwork.Testing.Http;

namespace Batchwork.Tests.Contract;

/// <summary>What every provider must do alike, so that nobody needs to know which one it is.</summary>
public sealed class AdapterContractTests : IDisposable
{
    private const string Key = "sk-contract-0123456789";

    private static readonly BatchCredentials s_credentials = new() { ApiKey = Key };

    private readonly ScriptedHandler _server = new();

    public static IEnumerable<TheoryDataRow<ProviderScript>> Providers => ProviderScript.All.Select(script => new TheoryDataRow<ProviderScript>(script));

    public static IEnumerable<TheoryDataRow<ProviderScript, BatchStatus>> Statuses =>
        ProviderScript.All.SelectMany(script => script.Statuses.Select(status => new TheoryDataRow<ProviderScript, BatchStatus>(script, status)));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Theory]
    [MemberData(nameof(Providers))]
    public void Factories_EveryAdapter_HasAScript(ProviderScript script)
    {
        Assert.Equal(BuiltInAdapters.Factories.Keys.Order(), ProviderScript.All.Select(s => s.Provider).Order());
        Assert.Equal(script.Provider, script.Over(_server).Provider);
        Assert.Equal("https", script.Over(_server).Capabilities.PublicBaseUrl.Scheme);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Prepare_AnyBatch_MeasuresWhatItWrites(ProviderScript script)
    {
        var adapter = script.Over(_server);
        foreach (var count in new[] { 1, 300 })
        {
            var batch = await adapter.PrepareAsync(Batch(script) with { Requests = [.. Enumerable.Range(0, count).Select(i => new ImageRequest { Prompt = $"Katze \"{i}\" 🐈\n" })] }, Token);
            using var bytes = new MemoryStream();
            await batch.WriteToAsync(bytes, Token);

            Assert.Equal((count, bytes.Length), (batch.RequestCount, batch.ByteCount));
            Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes.ToArray())), batch.Sha256);
        }

        Assert.Empty(_server.Calls);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Prepare_ManyFaults_TellsAllOfThem(ProviderScript script)
    {
        var batch = Batch(script) with
        {
            Requests = [new() { CustomId = "cat", Prompt = " " }, new() { CustomId = "dog", Prompt = "a dog", N = 0 }, new() { CustomId = "cat", Prompt = "half \ud83d" }],
            Tag = "Not A Tag",
            Limits = new BatchLimits { MaxRequests = 2 },
        };

        var invalid = await Assert.ThrowsAsync<BatchValidationException>(async () => await script.Over(_server).PrepareAsync(batch, Token));

        Assert.Equal(
            ["custom-id-duplicate", "n-too-small", "prompt-empty", "tag-invalid", "text-not-unicode", "too-many-requests"],
            invalid.Problems.Where(p => p.Severity == ProblemSeverity.Error).Select(p => p.Code).Order());
        Assert.Empty(_server.Calls);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Prepare_Models_AreKnownDoubtedOrRefused(ProviderScript script)
    {
        var adapter = script.Over(_server);

        Assert.Contains(adapter.Models, m => m.Id == script.Model && m.Source.Length > 0 && m.AsOf > default(DateOnly));
        Assert.DoesNotContain((await adapter.PrepareAsync(Batch(script), Token)).Warnings, w => w.Code == "model-unknown");
        Assert.Contains((await adapter.PrepareAsync(Batch(script) with { Model = $"{script.Provider}/brand-new-image-9" }, Token)).Warnings, w => w.Code == "model-unknown");
        await Assert.ThrowsAsync<UnsupportedModelException>(async () => await adapter.PrepareAsync(Batch(script) with { Model = $"{script.Provider}/{script.TextModel}" }, Token));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Check_Request_SaysWhatPrepareSays(ProviderScript script)
    {
        var adapter = script.Over(_server);
        var request = new ImageRequest
        {
            CustomId = "cat",
            Prompt = "a cat",
            Size = "banana",
            AspectRatio = "16:9",
            Seed = 7,
            ProviderOptions = new Dictionary<string, System.Text.Json.Nodes.JsonObject> { [script.Provider] = new() { ["nonsense"] = 1 } },
        };

        var alone = adapter.Check(EffectiveRequest.Merge(request, 0, null, script.Provider), script.Model);
        var together = (await adapter.PrepareAsync(Batch(script) with { Requests = [request] }, Token)).Warnings;

        Assert.Contains(alone, p => p is { Code: "option-unknown", CustomId: "cat" } && p.Field == $"providerOptions.{script.Provider}.nonsense");
        Assert.Equal(together.Where(p => p.CustomId is not null).OrderBy(p => p.Code), alone.OrderBy(p => p.Code));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Create_Accepted_IsOneCallWithTheKeyAndTheTag(ProviderScript script)
    {
        _server.Json(script.Batch(BatchStatus.Validating));

        var batch = await CreateAsync(script);

        Assert.Equal((script.BatchId, script.Provider, BatchStatus.Validating, script.FileId), (batch.Id, batch.Provider, batch.Status, batch.InputFileId));
        var call = Assert.Single(_server.Calls);
        Assert.Equal("POST", call.Method);
        Assert.Contains(ProviderScript.Tag, call.Text, StringComparison.Ordinal);
        Assert.Single(call.Headers, h => h.Value.Contains(Key, StringComparison.Ordinal));
        Assert.DoesNotContain(Key, call.Address.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Create_ClearRefusal_IsRejectedInTheProvidersWords(ProviderScript script)
    {
        _server.Json(script.Error("some_code", $"No, {Key} may not."), HttpStatusCode.BadRequest);

        var rejected = await Assert.ThrowsAsync<BatchRejectedException>(() => CreateAsync(script));

        Assert.Equal((ProviderFailure.InvalidRequest, "some_code", "No, [secret] may not."), (rejected.Failure, rejected.Error?.Code, rejected.Error?.Message));
        Assert.DoesNotContain(Key, rejected.ToString(), StringComparison.Ordinal);
        Assert.Single(_server.Calls);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Create_AnythingUnclear_IsNotKnownAndNotSentAgain(ProviderScript script)
    {
        foreach (var (answer, status) in new[] { ("{}", HttpStatusCode.OK), ("<html>", HttpStatusCode.OK), (script.Error("c", "m"), HttpStatusCode.InternalServerError), ("proxy", HttpStatusCode.BadRequest), (script.Error("c", "m"), HttpStatusCode.Conflict) })
        {
            using var server = new ScriptedHandler();
            server.Json(answer, status);

            var unknown = await Assert.ThrowsAsync<BatchOutcomeUnknownException>(() => CreateAsync(script, server));

            Assert.Equal((ProviderScript.Tag, script.FileId), (unknown.Tag, unknown.InputFileId));
            Assert.Single(server.Calls);
        }
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Retrieve_Status_IsNormalised(ProviderScript script, BatchStatus status)
    {
        _server.Json(script.Batch(status));

        Assert.Equal(status, (await script.Over(_server).RetrieveAsync(script.BatchId, s_credentials, Token)).Status);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Retrieve_ProviderInTrouble_IsAskedAgain(ProviderScript script)
    {
        _server.Json("", HttpStatusCode.ServiceUnavailable).Json(script.Error("c", "slow down"), HttpStatusCode.TooManyRequests, ("Retry-After", "2")).Json(script.Batch(BatchStatus.InProgress));

        Assert.Equal(BatchStatus.InProgress, (await script.Over(_server).RetrieveAsync(script.BatchId, s_credentials, Token)).Status);
        Assert.Equal(3, _server.Calls.Count);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Retrieve_AnswerThatIsNoBatch_IsAFailure(ProviderScript script)
    {
        foreach (var answer in new[] { "<html>", "null", "[]", "{}" })
        {
            using var server = new ScriptedHandler();
            server.Json(answer);

            var failure = await Assert.ThrowsAsync<ProviderException>(async () => await script.Over(server).RetrieveAsync(script.BatchId, s_credentials, Token));

            Assert.Equal(ProviderFailure.UnexpectedAnswer, failure.Failure);
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Call_IdsThatLeadElsewhere_AreRefused(ProviderScript script)
    {
        var adapter = script.Over(_server);
        foreach (var id in new[] { "", "..", "../files", "a/b/c", "batch_1?x=1", "batch_1#x", "batch 1", "batch_1%2F", "batches/..", "files/../x" })
        {
            await Assert.ThrowsAsync<BatchValidationException>(async () => await adapter.RetrieveAsync(id, s_credentials, Token));
            await Assert.ThrowsAsync<BatchValidationException>(async () => await adapter.CancelAsync(id, s_credentials, Token));
            await Assert.ThrowsAsync<BatchValidationException>(async () => await adapter.DeleteFileAsync(id, s_credentials, Token));
        }

        Assert.Empty(_server.Calls);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task FindByTag_TagOrFile_FindsTheBatch(ProviderScript script)
    {
        _server.Json(script.Page(script.Batch(BatchStatus.InProgress)));
        var adapter = script.Over(_server);
        var sent = new DateTimeOffset(2026, 11, 18, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(script.BatchId, Assert.Single(await adapter.FindByTagAsync(new BatchSearch(ProviderScript.Tag, null, sent), s_credentials, Token)).Id);
        Assert.Equal(script.BatchId, Assert.Single(await adapter.FindByTagAsync(new BatchSearch("other", script.FileId, sent), s_credentials, Token)).Id);
        Assert.Empty(await adapter.FindByTagAsync(new BatchSearch("other", null, sent), s_credentials, Token));
        Assert.Equal(script.BatchId, (await adapter.ListAsync(s_credentials, Token).SingleAsync(Token)).Id);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Cancel_RunningBatch_IsCancelling(ProviderScript script)
    {
        _server.Json(script.Cancelled);

        var batch = await script.Over(_server).CancelAsync(script.BatchId, s_credentials, Token);

        Assert.Equal((script.BatchId, BatchStatus.Cancelling), (batch.Id, batch.Status));
        Assert.Equal("POST", Assert.Single(_server.Calls).Method);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task ReadResults_AllKinds_AreToldApart(ProviderScript script)
    {
        _server.Json(script.Results);
        var results = new List<BatchResult>();
        await foreach (var result in script.Over(_server).ReadResultsAsync(script.Done, new ResultReadOptions(), s_credentials, Token))
        {
            results.Add(result);
        }

        Assert.Equal([ResultOutcome.Succeeded, ResultOutcome.Refused, ResultOutcome.Unreadable, ResultOutcome.Invalid], results.Select(r => r.Outcome));
        Assert.Equal(["cat", "dog", "", "elk"], results.Select(r => r.CustomId));
        Assert.All(results.Skip(1), r => Assert.NotNull(r.Error));
        var image = Assert.Single(results[0].Images);
        Assert.Equal((0, "image/png", ProviderScript.Png), (image.Index, image.MediaType, await image.ToBase64Async(cancellationToken: Token)));
        Assert.Equal(4, results.Select(r => r.Position).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task DeleteFile_GoneAlready_IsDone(ProviderScript script)
    {
        _server.Json(script.Error("not_found", "m"), HttpStatusCode.NotFound);

        await script.Over(_server).DeleteFileAsync(script.FileId, s_credentials, Token);

        Assert.Equal("DELETE", Assert.Single(_server.Calls).Method);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task ListModels_Answer_IsTheModels(ProviderScript script)
    {
        _server.Json(script.Models("some-image-model"));

        Assert.Equal("some-image-model", Assert.Single(await script.Over(_server).ListModelsAsync(s_credentials, Token)).Id);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task ListModels_NewModel_IsKnownToExistFromThenOn(ProviderScript script)
    {
        _server.Json(script.Models("brand-new-image-9"));
        var options = new BatchworkOptions { AllowUnknownModels = false };
        var adapter = script.Over(_server, options);
        var batch = Batch(script) with { Model = $"{script.Provider}/brand-new-image-9" };
        await Assert.ThrowsAsync<BatchValidationException>(async () => await adapter.PrepareAsync(batch, Token));

        await adapter.ListModelsAsync(s_credentials with { BaseUrl = new Uri("https://gateway.example/v1") }, Token);
        await Assert.ThrowsAsync<BatchValidationException>(async () => await adapter.PrepareAsync(batch, Token));
        await adapter.ListModelsAsync(s_credentials, Token);

        Assert.Contains((await adapter.PrepareAsync(batch, Token)).Warnings, w => w.Code == "model-unknown" && w.Message.Contains("lists", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Call_WithoutAKey_IsNotMade(ProviderScript script)
    {
        var invalid = await Assert.ThrowsAsync<BatchValidationException>(async () => await script.Over(_server).ListModelsAsync(new BatchCredentials(), Token));

        Assert.Equal("key-missing", Assert.Single(invalid.Problems).Code);
        Assert.Empty(_server.Calls);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Call_Cancelled_Ends(ProviderScript script)
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var adapter = script.Over(_server);
        _server.ReplyAsync((_, token) => Task.FromCanceled<HttpResponseMessage>(token));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await adapter.PrepareAsync(Batch(script), cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await adapter.RetrieveAsync(script.BatchId, s_credentials, cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await CreateAsync(script, token: cancelled.Token));
    }

    // As long as a file, so that every provider takes an upload.
    private static ImageBatch Batch(ProviderScript script) => new()
    {
        Model = $"{script.Provider}/{script.Model}",
        Tag = ProviderScript.Tag,
        Requests = [.. Enumerable.Range(0, 150).Select(i => new ImageRequest { Prompt = $"a cat {i}" })],
    };

    private async Task<BatchSnapshot> CreateAsync(ProviderScript script, HttpMessageHandler? server = null, CancellationToken? token = null)
    {
        var adapter = script.Over(server ?? _server);
        var batch = await adapter.PrepareAsync(Batch(script), Token);
        return await adapter.CreateAsync(batch, new UploadedInput(script.FileId, batch.ByteCount, null), s_credentials, token ?? Token);
    }
}
