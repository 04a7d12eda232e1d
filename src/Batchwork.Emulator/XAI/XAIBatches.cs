using System.Text.Json.Nodes;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Clock;

namespace Batchwork.Emulator.XAI;

/// <summary>The batches of this API, once they are created.</summary>
internal sealed class XAIBatches(BatchStore batches, BatchRegister register, XAIBatchView view, EmulatorClock clock)
{
    public async Task<IResult> GetAsync(HttpContext context) =>
        Asked(context) is { } batch ? new XAIAnswer(await view.OfAsync(batch, context.RequestAborted)) : NotThere(context);

    public async Task<IResult> ListAsync(HttpContext context)
    {
        var (page, wrong) = XAIPage.Of(context, batches.List(XAISurface.Provider, clock.GetUtcNow()), batch => batch.Id);
        if (page is null)
        {
            return wrong!;
        }

        var shown = new JsonArray();
        foreach (var batch in page.Entries)
        {
            shown.Add((JsonNode)await view.OfAsync(batch, context.RequestAborted));
        }

        return new XAIAnswer(new JsonObject { ["batches"] = shown, ["pagination_token"] = page.Next });
    }

    public async Task<IResult> CancelAsync(HttpContext context)
    {
        if (Asked(context) is not { } batch)
        {
            return NotThere(context);
        }

        return await register.CancelAsync(context, batch, early => early with { Results = BatchResults.None }) is { } cancelled
            ? new XAIAnswer(await view.OfAsync(cancelled, context.RequestAborted))
            : XAIError.Invalid($"Batch {batch.Id} has ended and cannot be cancelled.");
    }

    public static XAIError NotThere(HttpContext context) => XAIError.NotFound($"Batch {context.Request.RouteValues["id"]} not found.");

    public BatchRecord? Asked(HttpContext context) => batches.Find(XAISurface.Provider, (string)context.Request.RouteValues["id"]!);
}
