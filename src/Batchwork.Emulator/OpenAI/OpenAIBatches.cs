using System.Text.Json.Nodes;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Clock;
using Batchwork.Emulator.Ledger;
using Batchwork.Emulator.Results;

namespace Batchwork.Emulator.OpenAI;

/// <summary>The batches of this API, once they are created.</summary>
internal sealed class OpenAIBatches(
    BatchStore batches, ResultFiles results, OpenAIBatchView view, EmulatorLedger ledger, EmulatorClock clock, TimeProvider real)
{
    // Making the files of a small batch takes less than this even if nobody looked at it while it ran.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public async Task<IResult> RetrieveAsync(HttpContext context)
    {
        if (Asked(context) is not { } batch)
        {
            return NotThere(context);
        }

        await PrepareAsync(batch, context.RequestAborted);
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
            _ = Begin(batch);
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

        var now = clock.GetUtcNow();
        OpenAIError? error = null;
        var before = batch;
        batch = batches.Change(batch.Id, current =>
        {
            before = current;
            var moment = new BatchTimeline(current).At(now);
            if (moment.IsTerminal)
            {
                error = new OpenAIError(
                    409,
                    $"Cannot cancel a batch with status '{OpenAIBatchView.Name(moment.Status)}'.",
                    "invalid_request_error",
                    null,
                    null);
            }

            return moment.IsTerminal || current.CancelRequestedAt is not null ? current : Cancelled(current, now);
        });
        if (!ReferenceEquals(before, batch))
        {
            ledger.Append(LedgerEntries.ForCancel(batch));
            await results.StopAsync(batch);
        }

        return error ?? await ShowAsync(batch, context.RequestAborted);
    }

    private static OpenAIError NotThere(HttpContext context) =>
        OpenAIError.NoSuch("batch", (string)context.Request.RouteValues["id"]!);

    private BatchRecord? Asked(HttpContext context) => batches.Find(OpenAISurface.Provider, (string)context.Request.RouteValues["id"]!);

    private async Task<IResult> ShowAsync(BatchRecord batch, CancellationToken cancellationToken) =>
        new OpenAIAnswer(await view.OfAsync(batch, cancellationToken));

    // A look at a batch that runs begins its files.
    private Task Begin(BatchRecord batch) =>
        batch.Results is not null || new BatchTimeline(batch).At(clock.GetUtcNow()).Status is BatchStatus.Validating or BatchStatus.Failed
            ? Task.CompletedTask
            : results.MakeAsync(batch);

    // At a batch whose time is over, it also waits a little for them.
    private async Task PrepareAsync(BatchRecord batch, CancellationToken cancellationToken)
    {
        var making = Begin(batch);
        if (!making.IsCompleted && clock.GetUtcNow() >= new BatchTimeline(batch).EndsAt())
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(making, Task.Delay(s_patience, real, patience.Token));
            await patience.CancelAsync();
        }
    }

    private BatchRecord Cancelled(BatchRecord batch, DateTimeOffset now) => batch with
    {
        CancelRequestedAt = now,
        CancelSequence = ledger.NextSequence(),

        // What was made ahead of time is too much now. Of an invalid input nothing will be made at all.
        Results = batch.Problems.Count == 0 ? null : new BatchResults { Completed = 0, Failed = 0, InputTokens = 0, OutputTokens = 0 },
    };
}
