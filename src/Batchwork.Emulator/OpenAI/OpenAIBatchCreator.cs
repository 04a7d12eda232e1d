using System.Globalization;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Clock;
using Batchwork.Emulator.Control;
using Batchwork.Emulator.Faults;
using Batchwork.Emulator.Files;
using Batchwork.Emulator.Ledger;

namespace Batchwork.Emulator.OpenAI;

/// <summary>Creates batches: the call that costs money at the real provider.</summary>
internal sealed class OpenAIBatchCreator(
    BatchStore batches,
    FileStore files,
    FlakyMemory flaky,
    OpenAIBatchView view,
    EmulatorLedger ledger,
    EmulatorClock clock,
    SettingsStore settings)
{
    public async Task<IResult> CreateAsync(HttpContext context)
    {
        var (creation, error) = await BatchCreation.ReadAsync(context.Request, context.RequestAborted);
        if (creation is null)
        {
            return error!;
        }

        if (files.Find(OpenAISurface.Provider, creation.InputFileId) is not { Input: { } input } file)
        {
            return OpenAIError.Request($"No such File object: {creation.InputFileId}", "input_file_id");
        }

        if (file.Purpose != "batch")
        {
            return OpenAIError.Request(
                $"The purpose of the file is '{file.Purpose}', it must be 'batch'.", "input_file_id", "invalid_value");
        }

        // Record, ledger, answer, in this order: whenever the process ends, a start finds the entry missing or the caller was answered.
        var batch = Record(context, creation, input);
        batches.Add(batch);
        ledger.Append(LedgerEntries.For(batch, file));
        return new OpenAIAnswer(await view.OfAsync(batch, context.RequestAborted));
    }

    private BatchRecord Record(HttpContext context, BatchCreation creation, InputSummary input)
    {
        var (now, current) = (clock.GetUtcNow(), settings.Current);
        var twists = context.Features.Get<RequestTwists>();
        return new BatchRecord
        {
            Id = "batch_" + Guid.CreateVersion7(now).ToString("N", CultureInfo.InvariantCulture),
            Sequence = ledger.NextSequence(),
            Provider = OpenAISurface.Provider,
            InputFileId = creation.InputFileId,
            Endpoint = creation.Endpoint,
            Model = input.Models is [var model] ? model.Value : null,
            Metadata = creation.Metadata,
            Key = OpenAIKeys.Fingerprint(context),
            AcceptedFor = twists?.AcceptedFor,
            CreatedAt = now,
            ListedAt = now + current.ListLag,
            Schedule = current.Schedule,
            Requests = input.Requests,
            Pictures = input.Pictures,
            NeverEnding = input.NeverEnding,
            Problems = OpenAIInputCheck.Check(input, creation.Endpoint, current.MostRequests, now),
            Seed = current.Seed,
            Repeat = current.Repeat,
            OutputFormat = current.OutputFormat,
            ResultsLive = creation.ResultsLive,
            Settled = flaky.Meet(input.Flaky),
            LineFaults = twists is null ? [] : [.. twists.Lines],
        };
    }
}
