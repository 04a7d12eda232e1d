using System.Globalization;
using System.Text.Json.Nodes;
using Batchwork.Emulator.Clock;

namespace Batchwork.Emulator.OpenAI;

/// <summary>The models of this API that are offered today.</summary>
internal sealed class OpenAIModelList(EmulatorClock clock)
{
    public Task<IResult> ListAsync(HttpContext context) => Task.FromResult<IResult>(new OpenAIAnswer(new JsonObject
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. OpenAIModels.All.Where(model => model.IsOffered(clock.GetUtcNow())).Select(ToJson)]),
    }));

    public Task<IResult> RetrieveAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        return Task.FromResult<IResult>(OpenAIModels.Find(id) is { } model && model.IsOffered(clock.GetUtcNow())
            ? new OpenAIAnswer(ToJson(model))
            : new OpenAIError(404, $"The model '{id}' does not exist.", "invalid_request_error", "model", "model_not_found"));
    }

    private static JsonObject ToJson(OpenAIModel model) => new()
    {
        ["id"] = model.Id,
        ["object"] = "model",
        ["created"] = new DateTimeOffset(model.Since, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeSeconds(),
        ["owned_by"] = "system",
        ["shutdown_date"] = model.ShutDown?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };
}
