using Batchwork.Engine.Auditing;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Polling;

/// <summary>What becomes of a part when a call that can be repeated went wrong: wait, pause the connection, or ask a person. Nothing is lost in any case.</summary>
internal sealed class PartTroubles(ProviderAdapters adapters)
{
    /// <summary>A batch may be unknown for a moment after it was made; after so many tries somebody should look.</summary>
    private const int UnknownBatchTries = 5;

    /// <summary>Not at once: this worker must stop first. The dispatcher leaves parts of paused connections alone.</summary>
    private static readonly TimeSpan s_afterPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan s_unknownBatchWait = TimeSpan.FromMinutes(12);

    public async Task HandleAsync(PartInWork work, Exception trouble, CancellationToken cancellationToken)
    {
        var provider = adapters.NameOf(work.Job.Provider);
        switch (trouble)
        {
            case KeyUnavailableException key:
                await PauseConnectionAsync(work, key.Message, cancellationToken);
                break;
            case ProviderException { Failure: ProviderFailure.KeyRejected }:
                await PauseConnectionAsync(work, $"Your {provider} key no longer works. Nothing was sent with it since. Replace the key and everything goes on.", cancellationToken);
                break;
            case ProviderException { Failure: ProviderFailure.OutOfCredit }:
                await PauseConnectionAsync(work, $"Your {provider} account is out of credit. Add credit at {provider}, then test the connection and everything goes on.", cancellationToken);
                break;
            case ProviderException { Failure: ProviderFailure.Forbidden } forbidden:
                Hold(work, $"This key may not do this at {provider}: {forbidden.Message}");
                break;
            case ProviderException { Failure: ProviderFailure.NotFound } when work.Part.BatchId is not null && work.Part.Checks >= UnknownBatchTries:
                Hold(work, $"{provider} says it doesn't know this batch. It may belong to another project than the current key.");
                break;
            case ProviderException { Failure: ProviderFailure.NotFound }:
                work.LookAgainIn(s_unknownBatchWait, $"{provider} doesn't know this batch at the moment. Looking again.");
                break;
            case ProviderException { Failure: ProviderFailure.RateLimited } limited:
                var wait = limited.RetryAfter ?? PollSchedule.BackOff(work.Part.Checks + 4);
                work.LookAgainIn(wait, $"{provider} asks to wait until {work.Now + wait:HH:mm} UTC.");
                break;
            case ProviderException { Failure: ProviderFailure.Unavailable or ProviderFailure.Connection } away:
                work.LookAgainIn(away.RetryAfter ?? PollSchedule.BackOff(work.Part.Checks), $"{provider} is not answering. Nothing is lost; trying again.");
                break;
            case ProviderException other:
                work.LookAgainIn(PollSchedule.BackOff(work.Part.Checks + 3), $"Unexpected answer from {provider}: {other.Message}");
                break;
            default:
                work.LookAgainIn(PollSchedule.BackOff(work.Part.Checks + 3), "Something went wrong here. Nothing is lost; it is tried again. The log has the details.");
                break;
        }
    }

    /// <summary>Waits for a person.</summary>
    public static void Hold(PartInWork work, string reason)
    {
        work.MoveTo(PartState.Held, reason);
        work.Note(ActivityKind.Problem, reason);
    }

    /// <summary>Stops all work over a connection; other connections go on. The part stays due and goes on by itself when the connection does.</summary>
    private static async Task PauseConnectionAsync(PartInWork work, string reason, CancellationToken cancellationToken)
    {
        var connection = await work.Context.Connections.SingleAsync(c => c.Id == work.Job.ConnectionId, cancellationToken);
        if (connection.PausedReason is null)
        {
            connection.PausedReason = reason;
            work.Note(ActivityKind.Problem, reason);
        }

        work.LookAgainIn(s_afterPause, reason);
    }
}
