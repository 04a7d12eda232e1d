using System.Text.Json.Nodes;
using Batchwork.Emulator.Clock;

namespace Batchwork.Emulator.Google;

/// <summary>The models of this API that are offered today.</summary>
internal sealed class GoogleModelList(EmulatorClock clock)
{
    public Task<IResult> ListAsync(HttpContext context)
    {
        var offered = GoogleModels.All.Where(model => model.IsOffered(clock.GetUtcNow())).ToList();
        return GooglePage.AnswerAsync(
            context, "models", offered, model => model.Id, model => Task.FromResult(ToJson(model)), usual: 50, most: 1000);
    }

    public Task<IResult> GetAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        return Task.FromResult<IResult>(GoogleModels.Find(id) is { } model && model.IsOffered(clock.GetUtcNow())
            ? new GoogleAnswer(ToJson(model))
            : GoogleError.NotFound($"models/{id} is not found for API version v1beta."));
    }

    private static JsonObject ToJson(GoogleModel model) => new()
    {
        ["name"] = "models/" + model.Id,
        ["version"] = "001",
        ["displayName"] = model.DisplayName,
        ["description"] = $"{model.DisplayName}, as played by the emulator.",
        ["inputTokenLimit"] = 65536,
        ["outputTokenLimit"] = 32768,
        ["supportedGenerationMethods"] = model.Batches
            ? new JsonArray("generateContent", "countTokens", "batchGenerateContent")
            : new JsonArray("predict"),
        ["temperature"] = 1,
        ["topP"] = 0.95,
        ["topK"] = 64,
        ["maxTemperature"] = 2,
    };
}
