using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Clock;
using Batchwork.Emulator.Results;

namespace Batchwork.Emulator.Google;

/// <summary>The batches of this API, once they are created.</summary>
internal sealed class GoogleBatches(
    BatchStore batches, BatchRegister register, ResultsAhead results, GoogleOperation view, EmulatorClock clock)
{
    public async Task<IResult> GetAsync(HttpContext context)
    {
        if (Asked(context) is not { } batch)
        {
            return GoogleError.NotFound();
        }

        await results.PrepareAsync(batch, context.RequestAborted);
        return await view.AnswerAsync(context, Asked(context)!);
    }

    public Task<IResult> ListAsync(HttpContext context)
    {
        var all = batches.List(GoogleSurface.Provider, clock.GetUtcNow());
        return GooglePage.AnswerAsync(
            context,
            "operations",
            all,
            batch => batch.Id,
            batch =>
            {
                _ = results.Begin(batch);
                return view.ToJsonAsync(batch, context.RequestAborted);
            },
            usual: 50,
            most: 1000);
    }

    // Best effort, as everything long-running at Google: too late is no error.
    public async Task<IResult> CancelAsync(HttpContext context)
    {
        if (Asked(context) is not { } batch)
        {
            return GoogleError.NotFound();
        }

        _ = await register.CancelAsync(context, batch, early => early with { Results = BatchResults.None });
        return new GoogleAnswer([]);
    }

    // Does not cancel: what runs goes on, out of sight.
    public Task<IResult> DeleteAsync(HttpContext context)
    {
        if (Asked(context) is not { } batch)
        {
            return Task.FromResult<IResult>(GoogleError.NotFound());
        }

        _ = batches.Change(batch.Id, current => current with { DeletedAt = clock.GetUtcNow() });
        return Task.FromResult<IResult>(new GoogleAnswer([]));
    }

    private BatchRecord? Asked(HttpContext context) => batches.Find(GoogleSurface.Provider, (string)context.Request.RouteValues["id"]!);
}
