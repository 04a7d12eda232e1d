using System.Text.Json.Nodes;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Clock;
using Batchwork.Emulator.Results;

namespace Batchwork.Emulator.OpenAI;

/// <summary>The batches of this API, once they are created.</summary>
internal sealed class OpenAIBatches(
    BatchStore batches, BatchRegister register, ResultsAhead results, OpenAIBatchView view, EmulatorClock clock)
{
    public async Task<IResult> RetrieveAsync(HttpContext context)
    {
        if (Asked(context) is not { } batch)
        {
            return NotThere(context);
        }

        await results.PrepareAsync(batch, context.RequestAborted);
        return await ShowAsync(Asked(context)!, context.RequestAborted);
    }

    public async Task<IResult> ListAsync(HttpContext context)
    {
        var (page, error) = OpenAIPage.Of(
            context, batches.List(OpenAISurface.Provider, clock.GetUtcNow()), batch => batch.Id, usual: 20, most: 100);
        if (page is null)
        {
            return error!;
        }

        var shown = new List<JsonObject>();
        foreach (var batch in page.Entries)
        {
            _ = results.Begin(batch);
            shown.Add(await view.OfAsync(batch, context.RequestAborted));
        }

        return page.Answer(shown);
    }

    public async Task<IResult> CancelAsync(HttpContext context)
    {
        if (Asked(context) is not { } batch)
        {
            return NotThere(context);
        }

        return await register.CancelAsync(context, batch, early => early) is { } cancelled
            ? await ShowAsync(cancelled, context.RequestAborted)
            : new OpenAIError(
                409,
                $"Cannot cancel a batch with status '{OpenAIBatchView.Name(MomentOf(Asked(context)!).Status)}'.",
                "invalid_request_error",
                null,
                null);
    }

    private static OpenAIError NotThere(HttpContext context) =>
        OpenAIError.NoSuch("batch", (string)context.Request.RouteValues["id"]!);

    private BatchRecord? Asked(HttpContext context) => batches.Find(OpenAISurface.Provider, (string)context.Request.RouteValues["id"]!);

    private async Task<IResult> ShowAsync(BatchRecord batch, CancellationToken cancellationToken) =>
        new OpenAIAnswer(await view.OfAsync(batch, cancellationToken));

    private BatchMoment MomentOf(BatchRecord batch) => new BatchTimeline(batch).At(clock.GetUtcNow());
}
