namespace Batchwork.Emulator.Files;

/// <summary>What was found in an upload while it streamed by.</summary>
internal sealed record InputSummary
{
    /// <summary>Requests in the file, good or bad. Counting goes on past the limit; nothing else does.</summary>
    public required int Requests { get; init; }

    /// <summary>Pictures asked for.</summary>
    public required long Pictures { get; init; }

    /// <summary>Requests that will never end by themselves.</summary>
    public required int NeverEnding { get; init; }

    /// <summary>The first problems that make the whole file unusable.</summary>
    public required IReadOnlyList<InputProblem> Problems { get; init; }

    /// <summary>The different models, each with the line that names it first.</summary>
    public required IReadOnlyList<FirstSeen> Models { get; init; }

    /// <summary>The different targets, each with the line that names it first.</summary>
    public required IReadOnlyList<FirstSeen> Targets { get; init; }

    /// <summary>Requests that fail once, by number, with what they are known by.</summary>
    public IReadOnlyDictionary<int, string> Flaky { get; init; } = new Dictionary<int, string>();
}
