using System.Net;
using Batchwork.Testing.Http;

namespace Batchwork.Tests.Batches;

public sealed class ImageBatchClientTests : IDisposable
{
    private const string Uploaded = """{"id":"file-1"}""";
    private const string Created = """{"id":"batch_1","status":"validating"}""";

    private static readonly ImageBatch s_batch = new() { Model = "openai/gpt-image-2", Requests = [new() { CustomId = "a", Prompt = "p" }] };

    private readonly ScriptedHandler _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Submit_Batch_UploadsAndCreates()
    {
        _server.Json(Uploaded).Json(Created);

        var job = await TestClient.Over(_server).SubmitAsync(s_batch with { Model = "openai/gpt-image-1" }, Token);

        Assert.Equal(("batch_1", "openai", BatchStatus.Validating), (job.Id, job.Provider, job.Status));
        Assert.Equal("model-retired", Assert.Single(job.Warnings).Code);
        Assert.Equal(["POST /v1/files", "POST /v1/batches"], _server.Calls.Select(c => c.ToString()));
    }

    [Theory]
    [InlineData("foo/bar")]
    [InlineData(" openai/gpt-image-2")]
    [InlineData("OpenAI/gpt-image-2")]
    [InlineData("constructor/x")]
    public async Task Submit_UnknownProvider_IsRefused(string model)
    {
        var unknown = await Assert.ThrowsAsync<UnknownProviderException>(() => SubmitAsync(s_batch with { Model = model }));

        Assert.Equal(model.Split('/')[0], unknown.Provider);
        Assert.Empty(_server.Calls);
    }

    [Theory]
    [InlineData("anthropic/claude")]
    [InlineData("azure/gpt-image-2")]
    [InlineData("groq/x")]
    [InlineData("mistral/pixtral-large")]
    [InlineData("together/flux")]
    [InlineData("togetherai/black-forest-labs/FLUX.1-schnell")]
    public async Task Submit_ProviderWithoutAnAdapter_IsRefused(string model)
    {
        var unsupported = await Assert.ThrowsAsync<UnsupportedProviderException>(() => SubmitAsync(s_batch with { Model = model }));

        Assert.Equal(model.Split('/')[0], unsupported.Provider);
        Assert.Empty(_server.Calls);
    }

    [Fact]
    public async Task RefreshModels_ProvidersList_ChangesTheCalendar()
    {
        using var server = new ScriptedHandler();
        server.Json("""{"data":[{"id":"gpt-image-2","shutdown_date":"2027-01-31"}]}""");

        var models = await TestClient.Over(server).RefreshModelsAsync("openai", new BatchCredentials { ApiKey = "key" }, Token);

        Assert.Equal(new DateOnly(2027, 1, 31), models.Single(m => m.Id == "gpt-image-2").ShutDownOn);
    }

    [Fact]
    public async Task Submit_Imagen_IsRefusedAsAModel() =>
        Assert.Equal("imagen-4.0-generate-001", (await Assert.ThrowsAsync<UnsupportedModelException>(() => SubmitAsync(s_batch with { Model = "google/imagen-4.0-generate-001" }))).Model.Model);

    [Theory]
    [InlineData("gpt-image-2")]
    [InlineData("/gpt-image-2")]
    [InlineData("openai/")]
    [InlineData("")]
    public async Task Submit_NoModel_IsInvalid(string model) =>
        await Assert.ThrowsAsync<BatchValidationException>(() => SubmitAsync(s_batch with { Model = model }));

    [Fact]
    public async Task Submit_NoRequests_IsInvalidBeforeAnythingElse() =>
        Assert.Equal("requests-empty", Assert.Single((await Assert.ThrowsAsync<BatchValidationException>(() => SubmitAsync(s_batch with { Model = "foo/bar", Requests = [] }))).Problems).Code);

    [Fact]
    public async Task Submit_NoKeyAndOtherFaults_TellsAll()
    {
        var client = TestClient.Over(_server, new BatchworkOptions());

        var invalid = await Assert.ThrowsAsync<BatchValidationException>(() => client.SubmitAsync(s_batch with { Requests = [new() { Prompt = "", Seed = 1 }] }, Token));

        Assert.Equal(["prompt-empty", "key-missing", "seed-not-taken"], invalid.Problems.Select(p => p.Code));
        Assert.Empty(_server.Calls);
    }

    [Theory]
    [InlineData("batch", "batch")]
    [InlineData("", "options")]
    [InlineData(null, "options")]
    public async Task Submit_KeysInSeveralPlaces_TheNearestCounts(string? ofBatch, string expected)
    {
        _server.Json(Uploaded).Json(Created);
        var client = TestClient.Over(_server, new BatchworkOptions().UseKey("openai", "options"), environment: _ => "environment");

        await client.SubmitAsync(s_batch with { Credentials = new BatchCredentials { ApiKey = ofBatch } }, Token);

        Assert.All(_server.Calls, c => Assert.Equal("Bearer " + expected, c.Headers["Authorization"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Submit_KeyInTheEnvironment_IsUsedIfAllowed(bool allowed)
    {
        _server.Json(Uploaded).Json(Created);
        var client = TestClient.Over(_server, new BatchworkOptions { UseEnvironmentKeys = allowed }, environment: name => name == "OPENAI_API_KEY" ? "environment" : null);

        var problem = await Record.ExceptionAsync(() => client.SubmitAsync(s_batch, Token));

        Assert.Equal(allowed, problem is null);
        Assert.All(_server.Calls, c => Assert.Equal("Bearer environment", c.Headers["Authorization"]));
    }

    [Fact]
    public async Task Submit_UploadFailsForAWhile_IsTriedAgain()
    {
        _server.Json("{}", HttpStatusCode.ServiceUnavailable).Throw(new HttpRequestException("broken")).Json(Uploaded).Json(Created);

        await SubmitAsync(s_batch);

        Assert.Equal(["POST /v1/files", "POST /v1/files", "POST /v1/files", "POST /v1/batches"], _server.Calls.Select(c => c.ToString()));
        Assert.Single(_server.Calls.Take(3).Select(c => c.Text).Distinct());
    }

    [Fact]
    public async Task Submit_UploadIsRefused_IsNotTriedAgain()
    {
        _server.Json("""{"error":{"message":"m"}}""", HttpStatusCode.BadRequest);

        await Assert.ThrowsAsync<ProviderException>(() => SubmitAsync(s_batch));
        Assert.Single(_server.Calls);
    }

    [Fact]
    public async Task Submit_CreateIsRefused_TheUploadIsTakenAway()
    {
        _server.Json(Uploaded).Json("""{"error":{"message":"No.","code":"billing_hard_limit_reached"}}""", HttpStatusCode.BadRequest).Json("{}");

        var rejected = await Assert.ThrowsAsync<BatchRejectedException>(() => SubmitAsync(s_batch));

        Assert.Equal(ProviderFailure.OutOfCredit, rejected.Failure);
        Assert.Equal(["POST /v1/files", "POST /v1/batches", "DELETE /v1/files/file-1"], _server.Calls.Select(c => c.ToString()));
    }

    [Fact]
    public async Task Submit_CreateMayHaveWorked_TheUploadStaysAndNothingIsSentAgain()
    {
        _server.Json(Uploaded).Json("""{"error":{"message":"m"}}""", HttpStatusCode.InternalServerError);

        await Assert.ThrowsAsync<BatchOutcomeUnknownException>(() => SubmitAsync(s_batch));
        Assert.Equal(2, _server.Calls.Count);
    }

    [Fact]
    public async Task GetBatch_ProviderAndId_AreEnough()
    {
        _server.Json("""{"id":"batch_1","status":"in_progress","request_counts":{"total":3,"completed":1,"failed":1}}""");

        var job = await TestClient.Over(_server).GetBatchAsync("openai", "batch_1", cancellationToken: Token);

        Assert.Equal((BatchStatus.InProgress, new BatchRequestCounts(3, 1, 1)), (job.Status, job.RequestCounts));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../files")]
    [InlineData("batch_1?x=1")]
    public async Task GetBatch_WhatIsNoId_IsNoCall(string id)
    {
        await Assert.ThrowsAsync<BatchValidationException>(() => TestClient.Over(_server).GetBatchAsync("openai", id, cancellationToken: Token));
        Assert.Empty(_server.Calls);
    }

    [Fact]
    public async Task CancelBatch_ProviderAndId_AreEnough()
    {
        _server.Json("""{"id":"batch_1","status":"cancelling"}""");

        Assert.Equal(BatchStatus.Cancelling, (await TestClient.Over(_server).CancelBatchAsync("openai", "batch_1", cancellationToken: Token)).Status);
    }

    [Fact]
    public async Task ReadResults_BatchIsNotDone_SaysSo()
    {
        _server.Json("""{"id":"batch_1","status":"in_progress"}""");

        var early = await Assert.ThrowsAsync<ResultsNotReadyException>(async () =>
        {
            await foreach (var result in TestClient.Over(_server).ReadResultsAsync("openai", "batch_1", cancellationToken: Token))
            {
                Assert.Fail("There is no result.");
            }
        });

        Assert.Equal("batch_1", early.Batch.Id);
    }

    [Fact]
    public void Create_OptionsOutOfRange_AreAllTold()
    {
        var invalid = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() => ImageBatchClient.Create(new BatchworkOptions { MaxReadAttempts = 0, IdleTimeout = TimeSpan.Zero }));

        Assert.Equal(2, invalid.Failures.Count());
    }

    [Fact]
    public async Task New_WithoutAnything_WorksUpToTheNetwork()
    {
        using var client = new ImageBatchClient();

        await Assert.ThrowsAsync<BatchValidationException>(() => client.SubmitAsync(s_batch with { Requests = [new() { Prompt = "" }] }, Token));
    }

    private Task<BatchJob> SubmitAsync(ImageBatch batch) => TestClient.Over(_server).SubmitAsync(batch, Token);
}
