using Batchwork.Engine.Persistence;
using Batchwork.Engine.Polling;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Connections;

/// <summary>
/// The circuit breaker of a connection, kept in its row so that a restart does not forget it. After some calls without an answer the connection rests,
/// longer each time; then one part at a time tries again. Any answer, even a refusal, ends that.
/// </summary>
internal static class ConnectionHealth
{
    /// <summary>Calls without an answer after which the connection rests.</summary>
    public const int FailuresToRest = 5;

    /// <summary>After so long people are told since when.</summary>
    public static readonly TimeSpan LongAway = TimeSpan.FromMinutes(30);

    /// <summary>What people are told of a provider that has not answered for long.</summary>
    public static string Away(string provider, DateTimeOffset since) => $"{provider} is not answering since {since:HH:mm} UTC. Nothing is lost; trying again.";

    /// <summary>Notes that the provider did not answer.</summary>
    public static void Failed(Connection connection, DateTimeOffset now)
    {
        connection.Failures++;
        connection.FailingSince ??= now;
        if (connection.Failures >= FailuresToRest)
        {
            connection.RestUntil = now + PollSchedule.BackOff(connection.Failures);
        }
    }

    /// <summary>Notes that the provider answered. Part of the caller's transaction.</summary>
    public static Task AnsweredAsync(EngineDbContext context, Guid connectionId, CancellationToken cancellationToken) =>
        context.Connections
            .Where(c => c.Id == connectionId && c.Failures > 0)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(c => c.Failures, 0)
                    .SetProperty(c => c.FailingSince, (DateTimeOffset?)null)
                    .SetProperty(c => c.RestUntil, (DateTimeOffset?)null),
                cancellationToken);

    /// <summary>Stops work over the connection until somebody does something about it.</summary>
    /// <returns>Whether it was not stopped yet.</returns>
    public static bool Stop(Connection connection, ConnectionPause pause, string reason, DateTimeOffset now)
    {
        var isNew = connection.PausedReason is null;
        if (isNew)
        {
            (connection.Pause, connection.PausedReason, connection.PausedAt) = (pause, reason, now);
        }

        return isNew;
    }

    /// <summary>Lets work go on, at once.</summary>
    public static void Resume(Connection connection)
    {
        (connection.Pause, connection.PausedReason, connection.PausedAt) = (ConnectionPause.None, null, null);
        (connection.Failures, connection.FailingSince, connection.RestUntil) = (0, null, null);
    }
}
