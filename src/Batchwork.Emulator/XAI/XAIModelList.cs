using System.Text.Json.Nodes;
using Batchwork.Emulator.Clock;

namespace Batchwork.Emulator.XAI;

/// <summary>The models of this API that are offered today: as a plain list, and with what is particular to image models.</summary>
internal sealed class XAIModelList(EmulatorClock clock)
{
    private IEnumerable<XAIModel> Offered => XAIModels.All.Where(model => model.IsOffered(clock.GetUtcNow()));

    public Task<IResult> ListAsync(HttpContext context) => Task.FromResult<IResult>(new XAIAnswer(new JsonObject
    {
        ["data"] = new JsonArray([.. Offered.Select(Plain)]),
        ["object"] = "list",
    }));

    public Task<IResult> ListImageModelsAsync(HttpContext context) => Task.FromResult<IResult>(new XAIAnswer(new JsonObject
    {
        ["models"] = new JsonArray([.. Offered.Select(Full)]),
    }));

    public Task<IResult> GetAsync(HttpContext context) => Find(context, Plain);

    public Task<IResult> GetImageModelAsync(HttpContext context) => Find(context, Full);

    private static JsonObject Plain(XAIModel model) => new()
    {
        ["id"] = model.Id,
        ["created"] = new DateTimeOffset(model.Since, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeSeconds(),
        ["object"] = "model",
        ["owned_by"] = "xai",
    };

    private static JsonObject Full(XAIModel model)
    {
        var json = Plain(model);
        json["aliases"] = new JsonArray([.. model.Aliases]);
        json["fingerprint"] = "fp_emulated";
        json["version"] = "1.0.0";
        json["max_prompt_length"] = XAICallReader.LongestPrompt;
        json["input_modalities"] = new JsonArray("text", "image");
        json["output_modalities"] = new JsonArray("image");
        json["prompt_text_token_price"] = 0;
        json["prompt_image_token_price"] = 0;
        json["generated_image_token_price"] = 0;
        json["image_price"] = model.Prices.Values.Min();
        return json;
    }

    private Task<IResult> Find(HttpContext context, Func<XAIModel, JsonObject> show)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        return Task.FromResult<IResult>(XAIModels.Find(id) is { } model && model.IsOffered(clock.GetUtcNow())
            ? new XAIAnswer(show(model))
            : XAIError.NotFound($"The model {id} does not exist or your team does not have access to it."));
    }
}
