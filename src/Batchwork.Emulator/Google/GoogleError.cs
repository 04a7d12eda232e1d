using System.Text.Json.Nodes;
using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.Google;

/// <summary>An error as this API words it: a google.rpc.Status, alone or inside a result.</summary>
/// <param name="Http">The HTTP status; inside results the code of gRPC takes its place.</param>
internal sealed record GoogleError(int Http, string Status, string Message) : IResult
{
    private const string Types = "type.googleapis.com/google.rpc.";

    /// <summary>What is known besides the message: ErrorInfo, BadRequest, QuotaFailure, RetryInfo.</summary>
    public IReadOnlyList<JsonObject> Details { get; init; } = [];

    /// <summary>The code of gRPC: 3 for INVALID_ARGUMENT, and so on.</summary>
    public int Code => GoogleStatuses.CodeOf(Status);

    public static GoogleError Invalid(string message, string? field = null) => new(400, "INVALID_ARGUMENT", message)
    {
        Details = field is null ? [] : [Violation(field, message)],
    };

    public static GoogleError NotFound(string message = "Requested entity was not found.") => new(404, "NOT_FOUND", message);

    /// <summary>What a status usually says.</summary>
    public static GoogleError For(int http, ErrorWords words)
    {
        var (status, message) = GoogleStatuses.Usual(http);
        var error = new GoogleError(http, words.Code ?? words.Type ?? status, words.Message ?? message);
        List<JsonObject> details = [];
        if (words.Param is { } field)
        {
            details.Add(Violation(field, error.Message));
        }

        if (http == 429)
        {
            details.Add(new JsonObject
            {
                ["@type"] = Types + "QuotaFailure",
                ["violations"] = new JsonArray(new JsonObject
                {
                    ["quotaMetric"] = "generativelanguage.googleapis.com/batch_enqueued_tokens",
                    ["quotaId"] = "BatchEnqueuedTokensPerModelPerProject",
                }),
            });
        }

        if (words.RetryDelay is { } delay)
        {
            details.Add(new JsonObject { ["@type"] = Types + "RetryInfo", ["retryDelay"] = delay });
        }

        return error with { Details = details };
    }

    public static JsonObject Info(string reason) => new()
    {
        ["@type"] = Types + "ErrorInfo",
        ["reason"] = reason,
        ["domain"] = "googleapis.com",
        ["metadata"] = new JsonObject { ["service"] = "generativelanguage.googleapis.com" },
    };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var error = new JsonObject { ["code"] = Http, ["message"] = Message, ["status"] = Status };
        AddDetails(error);
        return new GoogleAnswer(new JsonObject { ["error"] = error }, Http).ExecuteAsync(httpContext);
    }

    /// <summary>As it stands in an operation or in a result.</summary>
    public JsonObject ToJson()
    {
        var error = new JsonObject { ["code"] = Code, ["message"] = Message };
        AddDetails(error);
        return error;
    }

    private void AddDetails(JsonObject error)
    {
        if (Details.Count > 0)
        {
            error["details"] = new JsonArray([.. Details.Select(detail => detail.DeepClone())]);
        }
    }

    private static JsonObject Violation(string field, string description) => new()
    {
        ["@type"] = Types + "BadRequest",
        ["fieldViolations"] = new JsonArray(new JsonObject { ["field"] = field, ["description"] = description }),
    };
}
