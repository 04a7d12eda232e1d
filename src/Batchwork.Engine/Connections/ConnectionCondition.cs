namespace Batchwork.Engine.Connections;

/// <summary>How a connection is: whether work goes on over it, and if not, why and what to do.</summary>
public sealed record ConnectionCondition
{
    public static ConnectionCondition Well { get; } = new();

    /// <summary>Why it stands still until somebody does something.</summary>
    public ConnectionPause Pause { get; init; }

    /// <summary>What is the matter, for people; <see langword="null"/> when nothing is.</summary>
    public string? Reason { get; init; }

    /// <summary>What to do about it, for people; <see langword="null"/> when it goes on by itself.</summary>
    public string? NextStep { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When it is tried again by itself.</summary>
    public DateTimeOffset? RestUntil { get; init; }

    /// <summary>Jobs that wait for it.</summary>
    public int WaitingJobs { get; init; }

    internal static ConnectionCondition Of(Connection connection, string provider, int waitingJobs) => connection switch
    {
        { PausedReason: { } reason } => new ConnectionCondition
        {
            Pause = connection.Pause,
            Reason = reason,
            NextStep = connection.Pause switch
            {
                ConnectionPause.OutOfCredit => $"Add credit at {provider}, then resume.",
                ConnectionPause.KeyUnavailable => "Enter the key again.",
                _ => "Replace the key.",
            },
            Since = connection.PausedAt,
            WaitingJobs = waitingJobs,
        },
        { WhyPaused: { } held } => new ConnectionCondition
        {
            Reason = held,
            NextStep = "Resume it when work shall go on. What is at the provider already is still collected.",
            Since = connection.PausedByAt,
            WaitingJobs = waitingJobs,
        },
        { FailingSince: { } since, RestUntil: { } until } => new ConnectionCondition
        {
            Reason = $"{provider} is not answering since {since:HH:mm} UTC. Nothing is lost; trying again at {until:HH:mm}.",
            Since = since,
            RestUntil = until,
            WaitingJobs = waitingJobs,
        },
        _ => Well,
    };
}
