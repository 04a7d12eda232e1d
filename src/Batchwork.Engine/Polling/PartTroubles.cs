using System.Globalization;
using Batchwork.Adapters;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Collection;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Polling;

/// <summary>What becomes of a part when a call that can be repeated went wrong: wait, pause the connection, or ask a person. Nothing is lost in any case.</summary>
internal sealed class PartTroubles(ProviderAdapters adapters)
{
    /// <summary>A batch may be unknown for a moment after it was made; after so many tries somebody should look.</summary>
    private const int UnknownTries = 5;

    /// <summary>.NET on Linux gives the system's own number of "no space left on device"; Windows has ERROR_DISK_FULL.</summary>
    private const int NoSpaceOnLinux = 28;

    private const int NoSpaceOnWindows = unchecked((int)0x80070070);

    private static readonly TimeSpan s_unknownWait = TimeSpan.FromMinutes(12);
    private static readonly TimeSpan s_oddResultsWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_nextKeyWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_fullDiskWait = TimeSpan.FromMinutes(1);

    public async Task HandleAsync(PartInWork work, Exception trouble, CancellationToken cancellationToken)
    {
        if (trouble is ProviderException { Failure: not (ProviderFailure.Unavailable or ProviderFailure.Connection) })
        {
            await ConnectionHealth.AnsweredAsync(work.Context, work.Part.ConnectionId, cancellationToken);
        }

        var provider = adapters.NameOf(work.Job.Provider);
        switch (trouble)
        {
            case KeyUnavailableException key:
                await ConnectionStop.StopAsync(work, ConnectionPause.KeyUnavailable, key.Message, cancellationToken);
                break;
            case ProviderException { Failure: ProviderFailure.KeyRejected } when await RetiredKeys.OfAsync(work.Context, work.Part, cancellationToken) is { } old:
                // The key that was replaced was revoked too, as one does. The new one may well be the same account's.
                old.RejectedAt = work.Now;
                work.LookAgainIn(s_nextKeyWait, $"{provider} does not accept the old key any more; going on with the new one.");
                break;
            case ProviderException { Failure: ProviderFailure.KeyRejected }:
                await ConnectionStop.StopAsync(work, ConnectionPause.KeyRejected, $"Your {provider} key no longer works. Replace the key and everything goes on.", cancellationToken);
                break;
            case ProviderException { Failure: ProviderFailure.OutOfCredit }:
                await ConnectionStop.StopAsync(work, ConnectionPause.OutOfCredit, $"Your {provider} account is out of credit. Add credit at {provider}, then resume the connection. What is at {provider} already is still collected.", cancellationToken);
                break;
            case ProviderException { Failure: ProviderFailure.Forbidden } forbidden:
                Hold(work, work.Part.BatchId is null
                    ? $"This key may not use {work.Job.Model}. {provider} says: {Words(forbidden)}"
                    : $"This key may not do this at {provider}: {Words(forbidden)}");
                break;
            case ProviderException { Failure: ProviderFailure.NotFound } when work.Part.State == PartState.Collecting:
                await NoResultsAsync(work, provider, cancellationToken);
                break;
            case ProviderException { Failure: ProviderFailure.NotFound } when work.Part.BatchId is not null && work.Part.Checks >= UnknownTries:
                Hold(work, await UnknownBatchAsync(work, provider, cancellationToken));
                break;
            case ProviderException { Failure: ProviderFailure.NotFound }:
                Retry(work, s_unknownWait, $"{provider} doesn't know this batch at the moment. Looking again.");
                break;
            case ProviderException { Failure: ProviderFailure.RateLimited } limited:
                var wait = limited.RetryAfter ?? PollSchedule.BackOff(work.Part.Checks + 4);
                Retry(work, wait, $"{provider} asks to wait until {work.Now + wait:HH:mm} UTC.");
                break;
            case ProviderException { Failure: ProviderFailure.Unavailable or ProviderFailure.Connection } away:
                await AwayAsync(work, away, adapters.Of(work.Job.Provider).Capabilities, cancellationToken);
                break;
            case ProviderException { Failure: ProviderFailure.UnexpectedAnswer } odd when work.Part.State == PartState.Collecting && (work.Part.OutputFileId ?? work.Part.ErrorFileId) is not null:
                // Perhaps the batch named its results wrongly, once: it is asked for their names again. What is stored stays, and so do the checkpoints.
                (work.Part.OutputFileId, work.Part.ErrorFileId) = (null, null);
                work.MoveTo(PartState.AtProvider, string.Empty);
                work.LookAgainIn(s_oddResultsWait, $"Unexpected answer from {provider}: {odd.Message}");
                break;
            case ProviderException other:
                Retry(work, PollSchedule.BackOff(work.Part.Checks + 3), $"Unexpected answer from {provider}: {other.Message}");
                break;
            case IOException { HResult: NoSpaceOnLinux or NoSpaceOnWindows }:
                Retry(work, s_fullDiskWait, "The disk of the data folder is full. Nothing is lost; storing goes on by itself when there is space.");
                break;
            default:
                Retry(work, PollSchedule.BackOff(work.Part.Checks + 3), "Something went wrong here. Nothing is lost; it is tried again. The log has the details.");
                break;
        }
    }

    /// <summary>Waits for a person.</summary>
    public static void Hold(PartInWork work, string reason)
    {
        work.MoveTo(PartState.Held, reason);
        work.Note(ActivityKind.Problem, reason);
    }

    /// <summary>Tries again later, and tells the timeline when it is the first time in a row.</summary>
    private static void Retry(PartInWork work, TimeSpan wait, string reason)
    {
        if (work.Part.Checks == 0)
        {
            work.Note(ActivityKind.Problem, reason);
        }

        work.LookAgainIn(wait, reason);
    }

    private static string Words(ProviderException e) => e.Error?.Message is { Length: > 0 } words ? words : e.Message;

    /// <summary>The batch is known, its results are not: after some tries they are gone, and its rows say so.</summary>
    private static async Task NoResultsAsync(PartInWork work, string provider, CancellationToken cancellationToken)
    {
        if (work.Part.Checks < UnknownTries)
        {
            Retry(work, s_unknownWait, $"{provider} doesn't have the result file at the moment. Looking again.");
            return;
        }

        var expired = work.Part.ResultsExpireAt <= work.Now ? work.Part.ResultsExpireAt : null;
        var on = (expired ?? work.Now).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await PartCloser.CloseWithoutResultsAsync(
            work, provider, expired is null ? $"The result file was deleted or expired; noticed on {on}." : $"The result file expired on {on}.", cancellationToken);
    }

    private static async Task<string> UnknownBatchAsync(PartInWork work, string provider, CancellationToken cancellationToken)
    {
        var now = await work.Context.Connections.Where(c => c.Id == work.Part.ConnectionId).Select(c => c.KeyFingerprint).SingleAsync(cancellationToken);
        var then = await work.Context.SubmissionAttempts
            .Where(a => a.PartId == work.Part.Id && a.BatchId == work.Part.BatchId)
            .Select(a => a.KeyFingerprint)
            .FirstOrDefaultAsync(cancellationToken);
        var changed = then is not null && then != now ? " The key of the connection was replaced after this part was sent." : null;
        return $"{provider} says it doesn't know this batch. It may belong to another project than the current key.{changed} With the right key, check again.";
    }

    private static async Task AwayAsync(PartInWork work, ProviderException away, AdapterCapabilities provider, CancellationToken cancellationToken)
    {
        var connection = await work.Context.Connections.SingleAsync(c => c.Id == work.Part.ConnectionId, cancellationToken);
        if (work.Part.State != PartState.Collecting)
        {
            // Results that break off each time are one batch's trouble. Counted here they would let the connection rest again and again, and the one try after
            // each rest is theirs, because their deadline is the earliest: everything else over the connection would wait for as long as they live.
            ConnectionHealth.Failed(connection, work.Now);
        }

        var wait = away.RetryAfter ?? PollSchedule.BackOff(work.Part.Checks);
        if (connection.FailingSince is { } since && work.Now - since >= ConnectionHealth.LongAway && !IsDelivery(work, away))
        {
            var reason = ConnectionHealth.Away(provider.DisplayName, since);
            work.LookAgainIn(wait, Torn(work) is { } torn ? $"{torn} Nothing is lost; trying again." : reason);
            await RestingParts.TellAsync(work, reason, cancellationToken);
            return;
        }

        Retry(work, wait, $"{Away(work, away, provider)} Nothing is lost; trying again.");
    }

    private static string Away(PartInWork work, ProviderException away, AdapterCapabilities provider) => away.Failure == ProviderFailure.Connection
        ? Torn(work) is { } torn ? torn
        : work.Part.State == PartState.Collecting ? $"The download from {provider.DisplayName} stalled and is taken up where it broke. {Sentence.Of(away.Message)}" : Sentence.Of(away.Message)
        : !IsDelivery(work, away) ? $"{provider.DisplayName} is not answering."
        : provider is { ResultsInBatch: true, ResultsWhileRunning: false } ? $"{provider.DisplayName} can't deliver this result yet (known problem with large inline batches)."
        : $"{provider.DisplayName} can't deliver the results yet.";

    /// <summary>What to say of a file that breaks off again and again.</summary>
    private static string? Torn(PartInWork work) =>
        work.Part.State == PartState.Collecting && work.Part.Checks >= UnknownTries ? TornFile.Describe(work.Part) : null;

    /// <summary>Whether the provider answers, only not with the results.</summary>
    private static bool IsDelivery(PartInWork work, ProviderException away) => work.Part.State == PartState.Collecting && away.Failure == ProviderFailure.Unavailable;
}
