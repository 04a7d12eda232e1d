using System.Net;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Tests.Polling;
using Batchwork.Testing.Adapters;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Jobs;

namespace Batchwork.Engine.Tests.Submission;

/// <summary>What a person reads when a provider refuses a batch or does not answer clearly; the numbers are those of docs/faults.md.</summary>
public sealed class SubmissionFaultTests : IAsyncLifetime
{
    private readonly FakeBatchAdapter _provider = new();
    private TestEngine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await Workers.StartEngineAsync(_provider);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task F01_RefusedForALine_NamesLineRowAndMoneyAndOnlyThatRowNeedsChange()
    {
        var job = await RefusedAsync(Refused(HttpStatusCode.BadRequest, new BatchError("invalid_value", "Invalid size '12x12'", Line: 2, Param: "body.size")));

        const string Told = "OpenAI rejected line 2 (row 3, “row-1”): Invalid size '12x12'. Nothing was charged.";
        Assert.Equal(Told, Assert.Single(await _engine.ReadPartsAsync(job.Id)).Reason);
        Assert.Contains(Told, await _engine.ReadTimelineAsync(job.Id));
        var rows = await _engine.ReadRowsAsync(job.Id);
        Assert.Equal((ResultOutcome.Invalid, Told), (rows[1].Outcome!.Value, rows[1].ErrorMessage));
        Assert.All(new[] { rows[0], rows[2] }, r => Assert.Equal(
            (RowState.Failed, ResultOutcome.Transient, "Not run: OpenAI rejected the whole batch for line 2. Nothing was charged; it can be run again without that row."),
            (r.State, r.Outcome!.Value, r.ErrorMessage)));
    }

    [Fact]
    public async Task F01_RefusedLater_NamesTheLineToo()
    {
        var job = await _engine.AddJobAsync();
        await _engine.RunDueAsync();
        _provider.Accepted[0].Status = BatchStatus.Failed;
        _provider.Accepted[0].Errors = [new BatchError("duplicate_custom_id", "The custom_id is used twice.", Line: 3)];

        await _engine.RunToEndAsync();

        Assert.Equal(
            "OpenAI rejected line 3 (row 4, “row-2”): The custom_id is used twice. Nothing was charged.",
            (await _engine.ReadRowsAsync(job.Id))[2].ErrorMessage);
    }

    [Theory]
    [InlineData("F01", "bad_request", "No requests", null, "OpenAI rejected the batch: No requests. Nothing was charged.")]
    [InlineData("F01", "bad_request", "Line is out of range.", 99, "OpenAI rejected line 99: Line is out of range. Nothing was charged.")]
    [InlineData("F59", "model_not_found", "The model does not exist", null, "gpt-image-2 is not offered any more by OpenAI, or not to this key. Choose another model. Nothing was charged.")]
    public async Task F01_F59_Refused_SaysWhyAndThatNothingWasCharged(string fault, string code, string words, int? line, string told)
    {
        var job = await RefusedAsync(Refused(HttpStatusCode.BadRequest, new BatchError(code, words, Line: line)));

        Assert.All(await _engine.ReadRowsAsync(job.Id), r => Assert.Equal((fault, ResultOutcome.Invalid, told), (fault, r.Outcome!.Value, r.ErrorMessage)));
    }

    [Fact]
    public async Task F03_Forbidden_NamesTheModel()
    {
        var job = await RefusedAsync(new BatchRejectedException("openai", ProviderFailure.Forbidden, "403") { Error = new BatchError(null, "Verify your organisation.") });

        Assert.Equal("This key may not use gpt-image-2. OpenAI says: Verify your organisation.", (await _engine.ReadJobAsync(job.Id)).Reason);
    }

    [Theory]
    [InlineData("F06")]
    [InlineData("F07")]
    [InlineData("F13")]
    public async Task F06_F07_F13_NotKnownWhetherItWasAccepted_LooksThenHolds(string fault)
    {
        Assert.NotEmpty(fault);
        var job = await _engine.AddJobAsync();
        _provider.FailCreateBefore = new BatchOutcomeUnknownException("openai", ProviderFailure.Unavailable, "No clear answer came.");

        await _engine.RunDueAsync();
        Assert.StartsWith("Looking whether OpenAI accepted this part", (await _engine.ReadJobAsync(job.Id)).Reason, StringComparison.Ordinal);
        await _engine.RunToEndAsync();

        Assert.Equal(
            "We can't tell whether OpenAI accepted this batch. Checked 4 times, found nothing. Submitting again may charge you twice.",
            (await _engine.ReadJobAsync(job.Id)).Reason);
    }

    [Fact]
    public async Task F08_TooLarge_SaysIntoHowManyItWasSplitAndWhy()
    {
        var job = await _engine.AddJobAsync(rows: 4);
        _provider.Capabilities = _provider.Capabilities with { MaxUploadBytes = 200_000_000 };
        _provider.FailUpload = new ProviderException("openai", ProviderFailure.InvalidRequest, "413") { StatusCode = HttpStatusCode.RequestEntityTooLarge };

        await _engine.RunDueAsync();

        Assert.Contains("Split into 2 batches, parts 1 and 2, because OpenAI's limit is 200 MB. Nothing was charged.", await _engine.ReadTimelineAsync(job.Id));
        Assert.Equal([2, 2], (await _engine.ReadPartsAsync(job.Id)).Select(p => p.RequestCount));
    }

    [Fact]
    public async Task F09_AskedToWait_SaysUntilWhenAndTellsTheTimelineOnce()
    {
        var job = await _engine.AddJobAsync();
        for (var i = 0; i < 2; i++)
        {
            _provider.FailCreateBefore = new BatchRejectedException("openai", ProviderFailure.RateLimited, "429") { RetryAfter = TimeSpan.FromMinutes(5) };
            await _engine.RunDueInAsync(TimeSpan.FromMinutes(5 * i));
        }

        Assert.Equal("OpenAI asks to wait until 09:10 UTC.", (await _engine.ReadJobAsync(job.Id)).Reason);
        Assert.Equal(["OpenAI asks to wait until 09:05 UTC."], await _engine.ReadTimelineAsync(job.Id));
    }

    [Fact]
    public async Task F11_OutOfCredit_SaysSoAndWhatToDo()
    {
        var job = await RefusedAsync(new BatchRejectedException("openai", ProviderFailure.OutOfCredit, "429"));

        Assert.Equal(
            "Your OpenAI account is out of credit. Add credit at OpenAI, then resume the connection. What is at OpenAI already is still collected.",
            (await _engine.ReadJobAsync(job.Id)).Reason);
    }

    [Fact]
    public async Task F16_TwoBatchesFound_AsksWhetherToCancelTheOther()
    {
        var job = await _engine.AddJobAsync();
        _provider.FailCreateAfter = new BatchOutcomeUnknownException("openai", ProviderFailure.Connection, "Reset.");
        await RunOneStepAsync();
        var first = _provider.Accepted[0];
        _provider.AddForeign(new FakeBatch { Id = "batch-2", Tag = first.Tag, InputFileId = first.InputFileId, CustomIds = first.CustomIds });

        await _engine.RunDueInAsync(TimeSpan.FromSeconds(30));
        await _engine.RunDueInAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("Found two identical batches. One is not needed — cancel it? It is charged if it runs. See Parts.", (await _engine.ReadJobAsync(job.Id)).Reason);
        Assert.Contains(
            "Found two identical batches; the oldest is used. Not needed, and charged if it runs: batch-2. Cancel it under Parts.", await _engine.ReadTimelineAsync(job.Id));
    }

    // The list is late, so that the first look finds nothing.
    private async Task RunOneStepAsync()
    {
        _provider.IsListed = false;
        await _engine.RunDueAsync();
        _provider.IsListed = true;
    }

    private async Task<Job> RefusedAsync(ProviderException refusal)
    {
        var job = await _engine.AddJobAsync();
        _provider.FailCreateBefore = refusal;
        await _engine.RunDueAsync();
        return job;
    }

    private static BatchRejectedException Refused(HttpStatusCode status, BatchError error) =>
        new("openai", ProviderFailure.InvalidRequest, "refused") { StatusCode = status, Error = error };
}
