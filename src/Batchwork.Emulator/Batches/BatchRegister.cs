using Batchwork.Emulator.Clock;
using Batchwork.Emulator.Control;
using Batchwork.Emulator.Faults;
using Batchwork.Emulator.Files;
using Batchwork.Emulator.Ledger;
using Batchwork.Emulator.Results;

namespace Batchwork.Emulator.Batches;

/// <summary>Takes batches in and takes them back, for every provider alike: what is accepted here is in the ledger.</summary>
internal sealed class BatchRegister(
    BatchStore batches, FlakyMemory flaky, ResultFiles results, EmulatorLedger ledger, EmulatorClock clock, SettingsStore settings)
{
    /// <summary>Creates a batch: the call that costs money at the real provider.</summary>
    /// <param name="input">Its requests.</param>
    /// <param name="key">The caller's key, as in the ledger.</param>
    /// <param name="id">Makes its id.</param>
    /// <param name="complete">Adds what only its provider knows: endpoint, model, problems, what the caller called it.</param>
    public BatchRecord Create(
        HttpContext context, FileRecord input, string key, Func<DateTimeOffset, string> id, Func<BatchRecord, BatchRecord> complete)
    {
        var (now, current) = (clock.GetUtcNow(), settings.Current);
        var twists = context.Features.Get<RequestTwists>();
        var summary = input.Input ?? throw new InvalidOperationException($"{input.Id} holds no requests.");
        var batch = complete(new BatchRecord
        {
            Id = id(now),
            Sequence = ledger.NextSequence(),
            Provider = input.Provider,
            InputFileId = input.Id,
            Endpoint = "",
            Key = key,
            AcceptedFor = twists?.AcceptedFor,
            CreatedAt = now,
            ListedAt = now + current.ListLag,
            Schedule = current.Schedule,
            Requests = summary.Requests,
            Pictures = summary.Pictures,
            NeverEnding = summary.NeverEnding,
            Seed = current.Seed,
            Repeat = current.Repeat,
            OutputFormat = current.OutputFormat,
            ResultsLive = TimeSpan.FromDays(30),
            Settled = flaky.Meet(summary.Flaky),
            LineFaults = twists is null ? [] : [.. twists.Lines],
        });

        // Record, ledger, answer, in this order: whenever the process ends, a start finds the entry missing or the caller was answered.
        batches.Add(batch);
        ledger.Append(LedgerEntries.For(batch, input));
        return batch;
    }

    /// <summary>Cancels a batch.</summary>
    /// <param name="early">Adds what its provider makes of a batch that ends early.</param>
    /// <returns>The batch, cancelled now or before; null if it had ended.</returns>
    public async Task<BatchRecord?> CancelAsync(HttpContext context, BatchRecord batch, Func<BatchRecord, BatchRecord> early)
    {
        var now = clock.GetUtcNow();
        if (context.Features.Get<RequestTwists>()?.ForgetCancel == true)
        {
            return Cancelled(batch);
        }

        var (before, ended) = (batch, false);
        batch = batches.Change(batch.Id, current =>
        {
            before = current;
            ended = new BatchTimeline(current).At(now).IsTerminal;
            return ended || current.CancelRequestedAt is not null ? current : early(Cancelled(current));
        });
        if (!ReferenceEquals(before, batch))
        {
            ledger.Append(LedgerEntries.ForCancel(batch));
            await results.StopAsync(batch);
        }

        return ended ? null : batch;

        // What was made ahead of time is too much now. Of an invalid input nothing will be made at all.
        BatchRecord Cancelled(BatchRecord current) => current with
        {
            CancelRequestedAt = now,
            CancelSequence = ledger.NextSequence(),
            Results = current.Problems.Count == 0 ? null : BatchResults.None,
        };
    }
}
