using Batchwork.CrashHarness.Judging;

namespace Batchwork.CrashHarness.Scenarios;

/// <summary>A place at which the app dies, and what the world is like around it.</summary>
/// <param name="Id">Its number in the list of crash points, with a letter when there are several ways to it.</param>
/// <param name="What">What has just happened, for people.</param>
/// <param name="Event">The event at which the process dies.</param>
internal sealed record CrashPoint(string Id, string What, string Event)
{
    public int Occurrence { get; init; } = 1;

    /// <summary>What is wrong at the provider before the crash: operation by purpose and fault. Mended before the restart.</summary>
    public (string On, string Do)? Fault { get; init; }

    public int Rows { get; init; } = 6;

    public int Images { get; init; } = 1;

    /// <summary>Added to the prompt of every third row.</summary>
    public string? Marker { get; init; }

    public int Jobs { get; init; } = 1;

    public int? MostRequests { get; init; }

    public bool Twice { get; init; }

    /// <summary>Whether the process is frozen for longer than its lease instead of killed.</summary>
    public bool Freeze { get; init; }

    /// <summary>Only at this provider.</summary>
    public string? OnlyAt { get; init; }

    /// <summary>Not at this provider.</summary>
    public string? NotAt { get; init; }

    public bool IsAt(string provider) => (OnlyAt is null || OnlyAt == provider) && NotAt != provider;

    /// <summary>Whether it needs a fresh data folder: it is about the first start, about a whole folder, or counts all calls.</summary>
    public bool Apart { get; init; }

    /// <summary>More that happens before the crash.</summary>
    public Func<World, CancellationToken, Task>? Before { get; init; }

    /// <summary>What happens to the data folder between the death and the next start.</summary>
    public Func<World, CancellationToken, Task>? Between { get; init; }

    /// <summary>What is looked at and done right after the next start.</summary>
    public Func<World, CancellationToken, Task>? Restarted { get; init; }

    /// <summary>Whether rows may end without a picture.</summary>
    public bool MayFail { get; init; }

    /// <summary>More to judge than for all.</summary>
    public Func<World, CancellationToken, Task>? Judge { get; init; }
}
