using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Clock;
using Batchwork.Emulator.Control;
using Batchwork.Emulator.Files;
using Batchwork.Emulator.Results;
using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.XAI;

/// <summary>
/// The results of a batch in pages, also while it runs, and what became of each request. The order is that in which requests ended, so
/// that pages read early stay true; a token is a place in it.
/// </summary>
internal sealed class XAIResults(
    XAIBatches batches, BatchPlans plans, FileStore files, ResultWriter writer, EmulatorClock clock, SettingsStore settings)
{
    private const int Most = 1000;

    public async Task<IResult> ListAsync(HttpContext context)
    {
        if (batches.Asked(context) is not { } batch)
        {
            return XAIBatches.NotThere(context);
        }

        // Results come a little later than the counters, if told so.
        var moment = new BatchTimeline(batch).At(clock.GetUtcNow() - settings.Current.XAI.ResultsLag);
        var end = moment.Status == BatchStatus.Cancelled && batch.Problems.Count == 0 ? batch.Requests : moment.Done;
        if (Stretch(context, moment.Done, end) is not { } stretch)
        {
            return XAIPage.Limit(context, Most) is null ? XAIPage.WrongLimit(Most) : XAIPage.WrongToken();
        }

        var goesOn = stretch.To > stretch.From && TwistedList.GoesOn(stretch.To, end, TwistedList.Of(context));
        return new XAIResultsAnswer(
            (body, token) => writer.WriteAsync(batch, stretch, body, token), goesOn ? TokenOf(stretch.To) : null);
    }

    public async Task<IResult> RequestsAsync(HttpContext context)
    {
        if (batches.Asked(context) is not { } batch)
        {
            return XAIBatches.NotThere(context);
        }

        var moment = new BatchTimeline(batch).At(clock.GetUtcNow());
        var known = batch.Problems.Count > 0 || moment.Status == BatchStatus.Validating ? 0 : batch.Requests;
        if (Stretch(context, known, known) is not { } stretch)
        {
            return XAIPage.Limit(context, Most) is null ? XAIPage.WrongLimit(Most) : XAIPage.WrongToken();
        }

        var list = new JsonArray();
        if (stretch.To > stretch.From)
        {
            var plan = await plans.GetAsync(batch, context.RequestAborted);
            using var lines = new RequestLines(plan, files.ContentOf(batch.InputFileId));
            var metadata = new XAIRequestView(batch, plan, moment, settings.Current.XAI);
            for (var request = stretch.From; request < stretch.To; request++)
            {
                list.Add((JsonNode)metadata.Of(request, lines.Read(request)));
            }
        }

        return new XAIAnswer(new JsonObject
        {
            ["batch_request_metadata"] = list,
            ["pagination_token"] = stretch.To < known ? TokenOf(stretch.To) : null,
        });
    }

    private static string TokenOf(int place) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"from {place}")));

    private static int? PlaceOf(string token)
    {
        if (token.Length == 0)
        {
            return 0;
        }

        try
        {
            return Encoding.ASCII.GetString(Base64Url.DecodeFromChars(token)) is ['f', 'r', 'o', 'm', ' ', .. var place]
                && int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static ResultStretch? Stretch(HttpContext context, int done, int end)
    {
        if (XAIPage.Limit(context, Most) is not { } limit || PlaceOf(XAIPage.Token(context)) is not { } place)
        {
            return null;
        }

        var from = Math.Min(TwistedList.Start(place, TwistedList.Of(context)), end);
        var to = Math.Min(from + limit, end);
        return new ResultStretch(from, Math.Min(done, to), to);
    }
}
