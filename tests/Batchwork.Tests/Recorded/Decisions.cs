using System.Net;
using static Batchwork.Tests.Recorded.Decision;

namespace Batchwork.Tests.Recorded;

/// <summary>
/// The table of what this library does better than the recorded one, a line a kind of case. <c>Vectors/INDEX.md</c> says what is wrong with the
/// recorded behaviour, design section 10 by which rules the better one was chosen: what can be sent is sent and doubted aloud; what cannot is refused
/// before the network; nothing is dropped in silence; no result is lost for another's fault.
/// </summary>
internal static class Decisions
{
    private static readonly Decision[] s_openAI =
    [
        // Requests
        new("openai-aspect-ratio-and-size", "OpenAI takes no ratio: it is not sent, and that is said.", o =>
        {
            Warned("aspect-ratio-not-taken")(o);
            Assert.Equal("1024x1024", (string?)Body(o)["size"]);
        }),
        new("openai-auto-id-collides-with-given", "An automatic id gives way to one that was given before it.", o =>
            Assert.Equal(["request-1", "request-1-2"], new[] { (string?)Line(o)["custom_id"], (string?)Line(o, 1)["custom_id"] })),
        new("openai-empty-string-id", "An empty id is none; results could not be matched by it.", o => Assert.Equal("request-0", (string?)Line(o)["custom_id"])),
        new("openai-base-url-proxy-path", "The path to a gateway is not OpenAI's endpoint.", o =>
        {
            Assert.Equal("/v1/images/generations", (string?)Line(o)["url"]);
            Assert.Equal(["/proxy/openai/v1/files", "/proxy/openai/v1/batches"], o.Calls.Select(c => c.Path));
        }),
        new("openai-base-url-trailing-slash", "A slash at the end of the base URL changes nothing.", o => Assert.Equal(["/v1/files", "/v1/batches"], o.Calls.Select(c => c.Path))),
        new("openai-dall-e-3-n-", "More pictures than the model is known to make: sent and doubted.", Warned("n-too-large")),
        new("openai-n-0", "The error names n and the request.", Refused("n-too-small", "a")),
        new("openai-n-", "More pictures than the model is known to make: sent and doubted.", Warned("n-too-large")),
        new("openai-defaults-provider-options-empty-object-replaces", "Options merge key by key: an empty object takes nothing away.", o => Assert.Equal("low", (string?)Body(o)["quality"])),
        new("openai-defaults-provider-options-replaced", "Options merge key by key, the request's key wins.", o =>
        {
            Assert.Equal("high", (string?)Body(o)["quality"]);
            Assert.Equal("webp", (string?)Body(o)["output_format"]);
            Assert.Equal("low", (string?)Body(o)["moderation"]);
        }),
        new("openai-metadata-17-keys", "OpenAI keeps 16 pairs and refuses the whole batch otherwise.", Refused("metadata-too-many")),
        new("openai-model-text-model", "A model that is known to make no pictures is refused.", o =>
        {
            Assert.IsType<UnsupportedModelException>(o.Error);
            Assert.Empty(o.Calls);
        }),
        new("openai-options-both-spellings", "Ours wins over OpenAI's spelling of the same option, and that is said.", Warned("option-given-twice")),
        new("openai-options-snake-", "OpenAI's own spelling is an option like ours.", o => Assert.Equal(80, (int?)Body(o)["output_compression"])),
        new("openai-options-one-bad-among-three", "The error says which request it is about.", Refused("option-value-unknown", "request-1")),
        new("openai-prompt-100k", "A prompt that is too long is sent and doubted: only its line fails, at no cost.", Warned("prompt-too-long")),
        new("openai-prompt-blank", "A request without a prompt is refused, by name.", Refused("prompt-empty", "a")),
        new("openai-prompt-empty", "A request without a prompt is refused, by name.", Refused("prompt-empty", "a")),
        new("openai-prompt-lone-surrogate", "Half a character is no text: refused rather than changed into another.", Refused("text-not-unicode", "a")),
        new("openai-seed-dropped", "OpenAI takes no seed: it is not sent, and that is said.", Warned("seed-not-taken")),
        new("openai-size-empty", "An empty size is none.", o => Assert.Null(Body(o)["size"])),

        // Submitting
        new("openai-server-batch-302-followed", "A create is sent once and to one place: what a redirect means for it is not known.", OutcomeUnknown(HttpStatusCode.Redirect)),
        new("openai-server-batch-429", "A clear refusal, with OpenAI's words; never sent again; the upload is taken away.", o =>
        {
            var rejected = Assert.IsType<BatchRejectedException>(o.Error);
            Assert.Equal(ProviderFailure.RateLimited, rejected.Failure);
            Assert.Equal("Enqueued token limit reached", rejected.Error?.Message);
            Assert.Equal(["POST /v1/files", "POST /v1/batches", "DELETE /v1/files/file-in"], o.Calls.Select(c => c.ToString()));
        }),
        new("openai-server-batch-not-json", "A success without an id may have made a batch: look for it before sending again.", OutcomeUnknown(HttpStatusCode.OK)),
        new("openai-server-upload-429", "An upload is free: it is tried again, and then the failure is told.", Failed(ProviderFailure.RateLimited, 3, "Rate limit")),
        new("openai-server-upload-503-html", "As the 429.", Failed(ProviderFailure.Unavailable, 3)),
        new("openai-server-upload-connection-dropped", "As the 429.", Failed(ProviderFailure.Connection, 3)),
        new("openai-server-upload-without-id", "A file without an id cannot become a batch: no create is sent.", Failed(ProviderFailure.UnexpectedAnswer, 1)),

        // Status
        new("openai-cancel-409", "The refusal comes with OpenAI's words.", Failed(ProviderFailure.Conflict, 2, "Cannot cancel a batch with status 'completed'.")),
        new("openai-dates-milliseconds", "Milliseconds are told from seconds by their size.", o => Assert.Equal(2025, Sent(o).Snapshot.CreatedAt?.Year)),
        new("openai-error-404", "An unknown batch is a failure of its own class, with OpenAI's words.", Failed(ProviderFailure.NotFound, 1, "No such batch")),
        new("openai-error-500", "A read is tried again, five times in all.", Failed(ProviderFailure.Unavailable, 5)),
        new("openai-error-dropped", "A read is tried again, five times in all; .NET itself sends a read four times when nothing at all comes back.", o =>
        {
            Assert.Equal(ProviderFailure.Connection, Assert.IsType<ProviderException>(o.Error).Failure);
            Assert.InRange(o.Calls.Count, 5, 20);
        }),
        new("openai-shape-empty-object", "An answer that is no batch is a failure.", Failed(ProviderFailure.UnexpectedAnswer, 1)),
        new("openai-shape-json-null", "An answer that is no batch is a failure.", Failed(ProviderFailure.UnexpectedAnswer, 1)),
        new("openai-state-american-canceled", "The American spelling means the same.", o => Assert.Equal(BatchStatus.Cancelled, Sent(o).Status)),
        new("openai-state-", "A word that is not known is told as it is, not as 'in progress'.", o => Assert.Null(Sent(o).Snapshot.Status), IsUnseen: true),
        new("openai-terminal-dates-ignored", "Each way to end has its date.", o =>
            Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1760001200), Sent(o).Snapshot.CompletedAt)),
        new("openai-wait-", "A failed poll does not end the wait.", o => Assert.Equal(BatchStatus.Completed, Sent(o).Status)),

        // Results
        new("openai-b64-not-base64", "A picture whose data is none is told as such.", o =>
        {
            Assert.Equal(ResultOutcome.Unreadable, Result(o).Outcome);
            Assert.Equal(ImageProblem.Damaged, Assert.Single(Result(o).Images).Problem);
        }),
        new("openai-b64-null-and-missing", "A picture keeps its place when others are missing.", o => Assert.Equal(2, Assert.Single(Result(o).Images).Index), IsUnseen: true),
        new("openai-body-string", "No picture is no success.", NoImage),
        new("openai-data-missing", "No picture is no success.", NoImage),
        new("openai-data-object", "One object instead of a list of one is understood.", o => Assert.Equal("image/png", Assert.Single(Result(o).Images).MediaType)),
        new("openai-connection-dropped-midway", "The download is taken up where it broke; here the server always breaks it at the same byte, until it is given up.", o =>
        {
            Assert.Equal(ProviderFailure.Connection, Assert.IsType<ProviderException>(o.Error).Failure);
            Assert.Equal("a", Assert.Single(o.Results).Result.CustomId);
            Assert.Contains(o.Calls, c => c.Headers.GetValueOrDefault("Range") == "bytes=300-");
        }),
        new("openai-custom-id-number", "A number is an id too.", o => Assert.Equal("7", Result(o).CustomId)),
        new("openai-line-error-cancelled", "Cancelled is not failed.", o => Assert.Equal((BatchResultStatus.Canceled, ResultOutcome.Cancelled), (Result(o).Status, Result(o).Outcome))),
        new("openai-line-error-expired", "Expired is not failed.", o => Assert.Equal((BatchResultStatus.Expired, ResultOutcome.Expired), (Result(o).Status, Result(o).Outcome))),
        new("openai-line-error-string", "The words are kept.", o => Assert.Equal("it broke", Result(o).Error?.Message)),
        new("openai-line-of-20-MiB-plus-1", "No line is too long. (Its picture is a letter short, and says so.)", o =>
        {
            Assert.Null(o.Error);
            Assert.Equal(["a", "big", "b"], Ids(o));
            Assert.Equal(20971437 / 4 * 3, o.Results[1].Pictures[0]!.Length);
        }),
        new("openai-ten-images-of-3-MiB-on-a-line", "No line is too long.", o =>
        {
            Assert.Null(o.Error);
            Assert.Equal(["ten", "b"], Ids(o));
            Assert.Equal(10, o.Results[0].Pictures.Count(p => p!.Length == 3145728 / 4 * 3));
        }),
        new("openai-malformed-second-line", "One bad line is one bad result; what follows is read.", o =>
        {
            Assert.Null(o.Error);
            Assert.Equal(["a", "b", "c", "d"], Ids(o));
            Assert.Equal(ResultOutcome.Unreadable, o.Results[1].Result.Outcome);
        }),
        new("openai-malformed-error-file", "One bad line is one bad result.", o =>
        {
            Assert.Null(o.Error);
            Assert.Equal([ResultOutcome.Succeeded, ResultOutcome.Unreadable], o.Results.Select(r => r.Result.Outcome));
        }),
        new("openai-non-objects", "Lines that are no results say so.", o =>
        {
            Assert.Null(o.Error);
            Assert.Equal(6, o.Results.Count(r => r.Result.Outcome == ResultOutcome.Unreadable));
        }),
        new("openai-output-404", "A file that is gone is a failure of its own class, with OpenAI's words.", Failed(ProviderFailure.NotFound, 2, "No such File object")),
        new("openai-output-429", "A read is tried again.", o => Assert.Equal("a", Result(o).CustomId)),
        new("openai-revised-prompt", "The changed prompt is part of the result.", o => Assert.Equal("a crimson bicycle", Assert.Single(Result(o).Images).RevisedPrompt), IsUnseen: true),
        new("openai-status-400-empty-message", "Code and type are kept without a message too.", o =>
            Assert.Equal(new BatchError("c", "Request failed with status 400.", "t"), Result(o).Error)),
        new("openai-status-missing", "Without a status, the picture speaks for itself.", o => Assert.Equal(ResultOutcome.Succeeded, Result(o).Outcome)),
        new("openai-status-as-string", "A status that came as a text is a status.", o => Assert.Equal(ResultOutcome.Succeeded, Result(o).Outcome)),
        new("openai-validation-failed", "The reasons are told.", o =>
        {
            var failed = Assert.IsType<BatchFailedException>(o.Error);
            Assert.Equal(new BatchError("invalid_json_line", "This line is not parseable as valid JSON.", Line: 3), Assert.Single(failed.Errors));
        }),
    ];

    /// <summary>The decision about a case: the one with the longest name that fits.</summary>
    public static Decision? Of(Vector vector) =>
        s_openAI.Concat(GoogleDecisions.All).Concat(XAIDecisions.All).Where(d => vector.Name.StartsWith(d.Kind, StringComparison.Ordinal)).MaxBy(d => d.Kind.Length);

    public static void NoImage(VectorOutcome outcome)
    {
        var result = Result(outcome);
        Assert.Equal((BatchResultStatus.Errored, ResultOutcome.NoImage), (result.Status, result.Outcome));
        Assert.NotNull(result.Error);
    }

    public static Action<VectorOutcome> OutcomeUnknown(HttpStatusCode status) => outcome =>
    {
        var unknown = Assert.IsType<BatchOutcomeUnknownException>(outcome.Error);
        Assert.Equal("file-in", unknown.InputFileId);
        Assert.Equal(status, unknown.StatusCode);
        Assert.Equal(["POST /v1/files", "POST /v1/batches"], outcome.Calls.Select(c => c.ToString()));
    };
}
