using System.Net;
using static Batchwork.Tests.Recorded.Decision;

namespace Batchwork.Tests.Recorded;

/// <summary>The part of <see cref="Decisions"/> that is about xAI.</summary>
internal static class XAIDecisions
{
    public static readonly Decision[] All =
    [
        // Requests
        new("xai-auto-id-collides-with-given", "An automatic id gives way to one that was given before it.", o =>
            Assert.Equal(["request-1", "request-1-2"], new[] { (string?)Line(o)["custom_id"], (string?)Line(o, 1)["custom_id"] })),
        new("xai-empty-string-id", "An empty id is none; results could not be matched by it.", o => Assert.Equal("request-0", (string?)Line(o)["custom_id"])),
        new("xai-base-url-proxy-path", "The path to a gateway is not xAI's endpoint.", o =>
        {
            Assert.Equal("/v1/images/generations", (string?)Line(o)["url"]);
            Assert.Equal(["/proxy/xai/v1/files", "/proxy/xai/v1/batches"], o.Calls.Select(c => c.Path));
        }),
        new("xai-n-", "More pictures than the model is known to make: sent and doubted.", Warned("n-too-large")),
        new("xai-n-negative", "The error names n and the request.", Refused("n-too-small", "a")),
        new("xai-size-dropped", "xAI takes no size: it is not sent, and that is said with what to set instead.", o =>
        {
            Assert.Contains("aspect ratio 1:1", Assert.Single(Sent(o).Warnings, w => w.Code == "size-not-taken").Message, StringComparison.Ordinal);
            Assert.Null(Body(o)["size"]);
        }),
        new("xai-prompt-blank", "A request without a prompt is refused, by name.", Refused("prompt-empty", "a")),
        new("xai-prompt-lone-surrogate", "Half a character is no text: refused rather than changed into another.", Refused("text-not-unicode", "a")),
        new("xai-options-response_format-dropped", "Pictures are always asked for as base64, because links die; that the option is not sent is said.", o =>
        {
            Warned("option-reserved")(o);
            Assert.Equal("b64_json", (string?)Body(o)["response_format"]);
        }),
        new("xai-options-unknown-keys", "What is not known is sent and doubted; what has a place of its own is not sent, and that is said.", o =>
        {
            Assert.Equal("blur", (string?)Body(o)["negative_prompt"]);
            Assert.Equal(1, (int?)Body(o)["n"]);
            Assert.Equal(["n", "negative_prompt", "seed"], Sent(o).Warnings.Where(w => w.Field?.StartsWith("providerOptions.xai.", StringComparison.Ordinal) == true).Select(w => w.Field!.Split('.')[2]).Order());
        }),
        new("xai-defaults-field-beats-request-option", "The row beats the default, whatever the place it is written at.", o => Assert.Equal("1:1", (string?)Body(o)["aspect_ratio"])),

        // Submitting
        new("xai-server-batch-429", "A clear refusal, with xAI's words; never sent again; the upload is taken away.", o =>
        {
            var rejected = Assert.IsType<BatchRejectedException>(o.Error);
            Assert.Equal((ProviderFailure.RateLimited, "slow down"), (rejected.Failure, rejected.Error?.Message));
            Assert.Equal(["POST /v1/files", "POST /v1/batches", "DELETE /v1/files/file-in"], o.Calls.Select(c => c.ToString()));
        }),
        new("xai-server-odd-batch-id", "The batch was made, but its id cannot be used: look for it before sending again.", Decisions.OutcomeUnknown(HttpStatusCode.OK)),

        // Status
        new("xai-error-404", "An unknown batch is a failure of its own class, with xAI's words.", Failed(ProviderFailure.NotFound, 1, "No such batch")),
        new("xai-error-500", "A read is tried again, five times in all.", Failed(ProviderFailure.Unavailable, 5)),
        new("xai-error-dropped", "A read is tried again, five times in all; .NET itself sends a read four times when nothing at all comes back.", o =>
        {
            Assert.Equal(ProviderFailure.Connection, Assert.IsType<ProviderException>(o.Error).Failure);
            Assert.InRange(o.Calls.Count, 5, 20);
        }),
        new("xai-shape-id-missing", "The id that was asked for is the batch's.", o => Assert.Equal("batch_x1", Sent(o).Id)),
        new("xai-state-cancel-time-set-none-counted", "A batch with a time of cancelling and nothing left to do is cancelled.", o => Assert.Equal(BatchStatus.Cancelled, Sent(o).Status)),
        new("xai-state-expired-with-pending", "A batch that is past its time with requests left has expired.", o => Assert.Equal(BatchStatus.Expired, Sent(o).Status)),

        // Results
        new("xai-base64-", "The media type comes from the bytes.", o => Assert.Equal("image/png", Assert.Single(Result(o).Images).MediaType)),
        new("xai-data-b64_json", "The media type comes from the bytes.", o => Assert.All(Result(o).Images, i => Assert.Equal("image/png", i.MediaType))),
        new("xai-data-mixed", "The media type comes from the bytes; a picture keeps its place.", o => Assert.Equal([(0, null), (1, "image/png")], Result(o).Images.Select(i => (i.Index, i.MediaType)))),
        new("xai-data-uri", "What stands before the data is no data, but says what it is.", o =>
        {
            var image = Assert.Single(Result(o).Images);
            Assert.Equal(("image/jpeg", "image/jpeg", ImageProblem.None), (image.MediaType, image.AnnouncedMediaType, image.Problem));
        }),
        new("xai-revised-prompt", "The changed prompt is part of the result.", o => Assert.Equal("better", Assert.Single(Result(o).Images).RevisedPrompt), IsUnseen: true),
        new("xai-batch_result-missing", "Neither a response nor an error is no success.", o => Assert.Equal((BatchResultStatus.Errored, ResultOutcome.Unreadable), (Result(o).Status, Result(o).Outcome))),
        new("xai-usage-cost-ticks-ignored", "The price is reported.", o => Assert.Equal(40_000, Result(o).Usage?.CostMicroUsd)),
        new("xai-result-error-with-empty-error_message", "An empty text is no error and hides none.", o => Assert.Equal(new BatchError(null, "bad prompt", "t"), Result(o).Error)),
        new("xai-non-objects", "What is no result says so.", o =>
        {
            Assert.Null(o.Error);
            Assert.Equal(4, o.Results.Count(r => r.Result.Outcome == ResultOutcome.Unreadable));
        }),
        new("xai-custom_id-not-read", "An id is an id under either name.", o => Assert.Equal("a", Result(o).CustomId)),
        new("xai-empty", "Without results the batch is asked why there are none; here it is not known.", Failed(ProviderFailure.NotFound, 2)),
        new("xai-results-object", "What is no page of results is a failure.", Failed(ProviderFailure.UnexpectedAnswer, 1)),
        new("xai-token-number", "A number is a token too; here it leads to a page that is not there.", o =>
        {
            Failed(ProviderFailure.NotFound, 2)(o);
            Assert.EndsWith("&pagination_token=5", o.Calls[1].Path, StringComparison.Ordinal);
        }),
        new("xai-second-page-500", "A read is tried again.", o => Assert.Equal(["a", "b"], Ids(o))),
    ];
}
