namespace Batchwork.Emulator.Files;

/// <summary>What a provider reads from one line of an upload.</summary>
internal sealed record LineFacts
{
    /// <summary>What makes the line, and with it the file, unusable.</summary>
    public InputProblem? Problem { get; init; }

    public string CustomId { get; init; } = "";

    public string? Model { get; init; }

    /// <summary>The address the request is for.</summary>
    public string? Target { get; init; }

    public LineOutcome Outcome { get; init; }

    public int Pictures { get; init; }

    public int InputTokens { get; init; }

    public int OutputTokens { get; init; }

    /// <summary>What a request that fails once is known by.</summary>
    public string? FlakyAs { get; init; }
}
