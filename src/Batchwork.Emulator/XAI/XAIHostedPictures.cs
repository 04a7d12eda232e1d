using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Clock;
using Batchwork.Emulator.Control;
using Batchwork.Emulator.Files;
using Batchwork.Emulator.Ledger;
using Batchwork.Emulator.Markers;
using Batchwork.Emulator.Pictures;
using Batchwork.Emulator.Results;

namespace Batchwork.Emulator.XAI;

/// <summary>
/// Pictures behind addresses, without a key, for a while: the time counts from when a picture was made, so that in a long batch an
/// address can be dead before anybody saw it.
/// </summary>
internal sealed class XAIHostedPictures(
    BatchStore batches,
    BatchPlans plans,
    FileStore files,
    PictureMill mill,
    EmulatorLedger ledger,
    EmulatorClock clock,
    SettingsStore settings,
    [FromKeyedServices(XAISurface.Provider)] IAnswerFormat format)
{
    private static readonly string[] s_secrets = ["Authorization", "Cookie", "Referer", "x-api-key", "x-goog-api-key"];

    public async Task<IResult> GetAsync(HttpContext context)
    {
        if (s_secrets.Any(context.Request.Headers.ContainsKey))
        {
            // Counted, for tests that prove no key goes to an image host (F39).
            ledger.Counts.Seen($"{XAISurface.Provider}.pictures.get-with-secrets");
        }

        var hosted = HostedPicture.Read((string)context.Request.RouteValues["name"]!);
        if (hosted is null || batches.Find(XAISurface.Provider, hosted.BatchId) is not { } batch || hosted.Request >= batch.Requests)
        {
            return TypedResults.NotFound();
        }

        var plan = await plans.GetAsync(batch, context.RequestAborted);
        var made = new BatchTimeline(batch).EndedAt(plan.PlaceOf(hosted.Request));
        var now = clock.GetUtcNow();
        if (now < made || now >= made + settings.Current.XAI.PictureLife)
        {
            return TypedResults.NotFound();
        }

        using var lines = new RequestLines(plan, files.ContentOf(batch.InputFileId));
        return format.Read(lines.Read(hosted.Request), batch, hosted.Request) is XAIPicturesAnswer { Call: { } call } answer
            ? await ShowAsync(call.Picture(hosted.Index), answer.Damage, batch, context)
            : TypedResults.NotFound();
    }

    private async Task<IResult> ShowAsync(PictureRequest asked, PictureDamage damage, BatchRecord batch, HttpContext context)
    {
        var picture = await mill.GetAsync(PictureDamages.Ask(asked, damage), batch.Seed, batch.Repeat, context.RequestAborted);
        context.Response.Headers.CacheControl = "public, max-age=3600";
        return TypedResults.Bytes(
            PictureDamages.Apply(picture, damage).Bytes,
            asked.Format == PictureFormat.Jpeg ? "image/jpeg" : "image/png",
            enableRangeProcessing: settings.Current.AnswerRanges);
    }
}
