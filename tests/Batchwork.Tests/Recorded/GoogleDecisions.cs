using System.Text.Json.Nodes;
using static Batchwork.Tests.Recorded.Decision;

namespace Batchwork.Tests.Recorded;

/// <summary>What this library does better with Google's batches, a line a kind of case. See <see cref="Decisions"/>.</summary>
internal static class GoogleDecisions
{
    private const string Batch = "batches/abc123";
    private const string Create = "POST /v1beta/models/gemini-3.1-flash-image:batchGenerateContent";

    public static readonly Decision[] All =
    [
        // Requests
        new("google-defaults-n-2", "Each picture is a request of its own, and comes back as one result.", o => Assert.Equal(["a~1of2", "a~2of2"], Keys(o))),
        new("google-n-2", "Each picture is a request of its own, and comes back as one result.", o => Assert.Equal(["a~1of2", "a~2of2"], Keys(o))),
        new("google-one-of-three-has-n-4", "As n-2, in company.", o =>
            Assert.Equal(["request-0", "request-1~1of4", "request-1~2of4", "request-1~3of4", "request-1~4of4", "request-2"], Keys(o))),
        new("google-n-0", "The error names n and the request.", Refused("n-too-small", "a")),
        new("google-base-url-trailing-slash", "A slash at the end of the base URL changes nothing.", o => Assert.Equal([Create], Sent(o) is null ? [] : o.Calls.Select(c => c.ToString()))),
        new("google-defaults-provider-options-replaced", "Options merge key by key, in their groups, too.", o =>
        {
            Assert.Equal("1:1", (string?)ImageConfig(o)["aspectRatio"]);
            Assert.Equal("4K", (string?)ImageConfig(o)["imageSize"]);
            Assert.NotNull(Request(o)["safetySettings"]);
        }),
        new("google-limits-default-upload-over-20MB", "What is not small is uploaded as a file; here there is no such server.", o =>
        {
            Assert.Equal(ProviderFailure.NotFound, Assert.IsType<ProviderException>(o.Error).Failure);
            Assert.Equal("POST /upload/v1beta/files", Assert.Single(o.Calls).ToString());
        }),
        new("google-metadata-dropped", "Google has no place for metadata, and that is said.", Warned("metadata-not-taken")),
        new("google-model-imagen-", "A model without batches is refused.", Unsupported),
        new("google-model-nano-banana-alias", "A model that is not known is sent and doubted.", Warned("model-unknown")),
        new("google-model-text-model", "A model that makes no pictures is refused.", Unsupported),
        new("google-options-aspectRatio-top-level-invalid", "A shape that no model takes is refused, wherever it is written.", Refused("aspect-ratio-unknown", "a")),
        new("google-options-imageConfig-unknown-keys", "Another spelling of the same key, and what the client sets itself, are told.", o =>
        {
            Warned("option-given-twice")(o);
            Warned("option-reserved")(o);
            Assert.Equal("1K", (string?)ImageConfig(o)["imageSize"]);
        }),
        new("google-options-imageSize-top-level-dropped", "It is sent where it belongs.", o => Assert.Equal("2K", (string?)ImageConfig(o)["imageSize"])),
        new("google-options-personGeneration", "It is sent where it belongs, so its value must be right.", Refused("option-value-unknown", "a")),
        new("google-options-responseModalities-text", "There would be no picture: IMAGE is sent, and that is said.", Warned("option-reserved")),
        new("google-prompt-empty", "A request without a prompt is refused, by name.", Refused("prompt-empty", "a")),

        // Submitting
        new("google-server-400", "A clear refusal, with Google's words.", o => Assert.Equal(ProviderFailure.InvalidRequest, Assert.IsType<BatchRejectedException>(o.Error).Failure)),
        new("google-server-503", "Whether it was accepted is not known: look for it before sending again.", OutcomeUnknown),
        new("google-server-no-name", "A success without a name may have made a batch: look for it before sending again.", OutcomeUnknown),
        new("google-server-not-json", "A success that cannot be read may have made a batch: look for it before sending again.", OutcomeUnknown),

        // Status
        new("google-cancel-empty-body", "An empty answer to a cancel is a success.", o => Assert.Equal(BatchStatus.Cancelling, o.Cancelled?.Status)),
        new("google-counts-batchStats-ignored", "The batch's own counts are read.", o => Assert.Equal((10, 4, 1), Counts(o))),
        new("google-dates-ignored", "The batch's dates are read.", o =>
        {
            Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, 901, TimeSpan.Zero), Sent(o).Snapshot.CreatedAt);
            Assert.NotNull(Sent(o).Snapshot.CompletedAt);
        }),
        new("google-error-429", "A read is tried again, five times in all.", Failed(ProviderFailure.RateLimited, 5)),
        new("google-error-not-json", "An answer that is no batch is a failure.", Failed(ProviderFailure.UnexpectedAnswer, 1)),
        new("google-id-no-prefix", "A name without its collection is understood.", o => Assert.Equal("GET /v1beta/batches/abc123", o.Calls[0].ToString())),
        new("google-other-state-unspecified", "It is the state of a batch that has not begun.", o => Assert.Equal(BatchStatus.Validating, Sent(o).Status)),
        new("google-shape-name-missing", "The name stands in the metadata as well.", o => Assert.Equal(Batch, Sent(o).Id)),
        new("google-state-done-with-operation-error", "An operation that ended in an error has failed, and says why.", o =>
        {
            Assert.Equal(BatchStatus.Failed, Sent(o).Status);
            Assert.Equal("Invalid input", Assert.Single(Sent(o).Snapshot.Errors).Message);
        }),
        new("google-wait-", "A failed poll does not end the wait.", o => Assert.Equal(BatchStatus.Completed, Sent(o).Status)),

        // Results
        new("google-data-empty", "No picture is no success.", NoPicture(ResultOutcome.NoImage, "no_image")),
        new("google-failed-operation", "The reason is told.", o => Assert.Equal("Invalid model", Assert.Single(Assert.IsType<BatchFailedException>(o.Error).Errors).Message)),
        new("google-file-mode-", "Files of results are read; here the server has none.", o =>
        {
            Assert.Equal(ProviderFailure.NotFound, Assert.IsType<ProviderException>(o.Error).Failure);
            Assert.Equal("GET /v1beta/files/batch-out:download?alt=media", o.Calls[1].ToString());
        }),
        new("google-first-candidate-empty", "All candidates are read.", o => Assert.Single(Result(o).Images)),
        new("google-item-without-response", "Neither a response nor an error is no success.", NoPicture(ResultOutcome.Unreadable, "unreadable_line")),
        new("google-key-missing", "Google keeps the order of inline requests: the place says which one it is.", o =>
            Assert.Equal([1L, 2L], o.Results.Select(r => r.Result.Position.Line)), IsUnseen: true),
        new("google-mime-missing", "The bytes tell the type.", o => Assert.Equal("image/png", Assert.Single(Result(o).Images).MediaType)),
        new("google-mime-uppercase", "Types are the same in any case.", o => Assert.Equal("image/png", Assert.Single(Result(o).Images).AnnouncedMediaType)),
        new("google-refusal-image-safety", "A refusal is told as one, with Google's words.", NoPicture(ResultOutcome.Refused, "IMAGE_SAFETY")),
        new("google-refusal-image-prohibited-content", "A refusal is told as one.", NoPicture(ResultOutcome.Refused, "IMAGE_PROHIBITED_CONTENT")),
        new("google-refusal-no-image", "No picture is no success.", NoPicture(ResultOutcome.NoImage, "NO_IMAGE")),
        new("google-refusal-prompt-blocked", "A blocked prompt is a refusal.", NoPicture(ResultOutcome.Refused, "PROHIBITED_CONTENT")),
        new("google-response-and-dest", "The same results in two places are read once.", o => Assert.Equal(["a", "b"], Ids(o))),
        new("google-thought-image-first", "Thoughts are no results, nor are their drafts.", o =>
        {
            Assert.Single(Result(o).Images);
            Assert.Equal("done", Result(o).Text);
        }),
        new("google-usage-thoughts-ignored", "Thoughts are billed as output, so they count as output.", o => Assert.Equal(54, Result(o).Usage?.OutputTokens)),
    ];

    private static JsonNode[] Requests(VectorOutcome outcome)
    {
        Sent(outcome);
        return [.. JsonNode.Parse(outcome.Calls[0].Body)!["batch"]!["input_config"]!["requests"]!["requests"]!.AsArray().Select(r => r!)];
    }

    private static string?[] Keys(VectorOutcome outcome) => [.. Requests(outcome).Select(r => (string?)r["metadata"]!["key"])];

    private static JsonNode Request(VectorOutcome outcome) => Requests(outcome)[0]["request"]!;

    private static JsonNode ImageConfig(VectorOutcome outcome) => Request(outcome)["generationConfig"]!["imageConfig"]!;

    private static (int Total, int Completed, int Failed) Counts(VectorOutcome outcome)
    {
        var counts = Sent(outcome).RequestCounts;
        return (counts.Total, counts.Completed, counts.Failed);
    }

    private static void Unsupported(VectorOutcome outcome)
    {
        Assert.IsType<UnsupportedModelException>(outcome.Error);
        Assert.Empty(outcome.Calls);
    }

    private static void OutcomeUnknown(VectorOutcome outcome)
    {
        Assert.IsType<BatchOutcomeUnknownException>(outcome.Error);
        Assert.Equal(Create, Assert.Single(outcome.Calls).ToString());
    }

    private static Action<VectorOutcome> NoPicture(ResultOutcome expected, string code) => outcome =>
    {
        var result = Result(outcome);
        Assert.Equal((BatchResultStatus.Errored, expected, code), (result.Status, result.Outcome, result.Error?.Code));
        Assert.Empty(result.Images);
    };
}
