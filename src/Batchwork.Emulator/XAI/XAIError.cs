using System.Text.Json.Nodes;
using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.XAI;

/// <summary>An error as this API words it: <c>{"code":"…","error":"…"}</c>, inside results <c>{"code":3,"message":"…"}</c>.</summary>
internal sealed record XAIError(int Status, string Code, string Message) : IResult
{
    private const string Argument = "Client specified an invalid argument";

    /// <summary>In place of the code that follows from the status, inside results.</summary>
    public int? ResultCode { get; init; }

    public static XAIError Invalid(string message) => new(400, Argument, message);

    public static XAIError NotFound(string message) => new(404, "Some requested entity was not found", message);

    /// <summary>A value that is not one of a list: the list is told.</summary>
    public static XAIError Value(string name, string value, IEnumerable<string> allowed) => new(
        422,
        Argument,
        $"Failed to deserialize the JSON body into the target type: {name}: unknown variant `{value}`, "
            + $"expected one of `{string.Join("`, `", allowed)}`");

    /// <summary>What a status usually says.</summary>
    public static XAIError For(int status, ErrorWords words)
    {
        var (code, message) = status switch
        {
            401 => ("The request does not have valid authentication credentials for the operation", "No API key was given."),
            403 => ("The caller does not have permission to execute the specified operation", "The team has no access to the model."),
            404 => ("Some requested entity was not found", "Nothing is known by this id."),
            408 or 504 => ("Deadline expired before operation could complete", "The request took too long."),
            409 => ("Some entity that we attempted to create already exists", "It already exists."),
            413 => (Argument, "The upload is larger than the limit."),
            429 => ("Some resource has been exhausted", "Too many requests for team. Try again later."),
            503 or 529 => ("The service is currently unavailable", "The service is overloaded. Try again later."),
            >= 500 => ("The service encountered an internal error", "Internal error."),
            _ => (Argument, "The request is not valid."),
        };
        return new XAIError(status, words.Code ?? code, words.Message ?? message);
    }

    public Task ExecuteAsync(HttpContext httpContext) =>
        new XAIAnswer(new JsonObject { ["code"] = Code, ["error"] = Message }, Status).ExecuteAsync(httpContext);

    /// <summary>As it stands in a result: with a code of gRPC.</summary>
    public JsonObject ToJson() => new() { ["code"] = ResultCode ?? GrpcCode, ["message"] = Message };

    private int GrpcCode => Status switch
    {
        400 or 413 or 422 => 3,
        401 => 16,
        403 => 7,
        404 => 5,
        408 or 504 => 4,
        409 => 6,
        429 => 8,
        503 or 529 => 14,
        _ => 13,
    };
}
