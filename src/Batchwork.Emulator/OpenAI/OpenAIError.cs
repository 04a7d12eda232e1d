using System.Text.Json.Nodes;
using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.OpenAI;

/// <summary>An error as this API words it, alone or inside a result line.</summary>
internal sealed record OpenAIError(int Status, string Message, string Type, string? Param, string? Code) : IResult
{
    private const string Invalid = "invalid_request_error";

    /// <summary>The line of an upload that is meant, where the API says so.</summary>
    public int? Line { get; init; }

    /// <summary>For refusals: the stage moderation stopped it at.</summary>
    public string? ModerationStage { get; init; }

    public static OpenAIError Request(string message, string? param = null, string? code = null) => new(400, message, Invalid, param, code);

    public static OpenAIError Missing(string param) =>
        Request($"Missing required parameter: '{param}'.", param, "missing_required_parameter");

    public static OpenAIError Value(string param, string value, IEnumerable<string> supported) =>
        Request($"Invalid value: '{value}'. Supported values are: '{string.Join("', '", supported)}'.", param, "invalid_value");

    public static OpenAIError TypeOf(string param, string wanted) =>
        Request($"Invalid type for '{param}': expected {wanted}.", param, "invalid_type");

    public static OpenAIError NoSuch(string kind, string id) => new(404, $"No such {kind}: {id}", Invalid, "id", null);

    public static OpenAIError Refused(string stage) =>
        new(
            400,
            "The safety system rejected this request. If you think this is a mistake, contact support with the request id.",
            "image_generation_user_error",
            null,
            "moderation_blocked")
        {
            ModerationStage = stage,
        };

    /// <summary>What a status usually says.</summary>
    public static OpenAIError For(int status, ErrorWords words)
    {
        var (message, type, code) = status switch
        {
            400 => ("The request is not valid.", Invalid, "invalid_value"),
            401 => ("Incorrect API key provided. Check the key in your account settings.", Invalid, "invalid_api_key"),
            403 => ("This project has no access to the model.", Invalid, "model_not_found"),
            404 => ("Nothing is known by this id.", Invalid, null),
            408 => ("The request took too long.", Invalid, "request_timeout"),
            409 => ("The request conflicts with another one.", Invalid, null),
            413 => ("The upload is larger than the limit.", Invalid, null),
            429 when words.Code is "insufficient_quota" => (
                "The account is out of credit. Check its plan and billing details.", "insufficient_quota", "insufficient_quota"),
            429 => ("The limit of requests per minute is reached. Try again later.", "requests", "rate_limit_exceeded"),
            503 or 529 => ("The service is overloaded. Try again later.", "server_error", "service_unavailable"),
            >= 500 => ("The server had an error while it processed the request.", "server_error", (string?)"server_error"),
            _ => ("The request failed.", Invalid, null),
        };
        return new OpenAIError(status, words.Message ?? message, words.Type ?? type, words.Param, words.Code ?? code) { Line = words.Line };
    }

    public Task ExecuteAsync(HttpContext httpContext) => new OpenAIAnswer(ToJson(), Status).ExecuteAsync(httpContext);

    public JsonObject ToJson()
    {
        var error = new JsonObject { ["message"] = Message, ["type"] = Type, ["param"] = Param, ["code"] = Code };
        if (Line is { } line)
        {
            error["line"] = line;
        }

        if (ModerationStage is { } stage)
        {
            error["moderation_details"] = new JsonObject { ["moderation_stage"] = stage, ["categories"] = new JsonArray("other") };
        }

        return new JsonObject { ["error"] = error };
    }
}
