namespace Batchwork.Emulator.Faults;

/// <summary>Something that shall go wrong: on which calls, what, and how often.</summary>
public sealed record FaultRule
{
    /// <summary>
    /// The calls: an operation such as <c>openai.batches.create</c> or <c>openai.batches.*</c>, or a method and a path such as
    /// <c>GET /openai/v1/files/*/content</c>. An asterisk stands for anything.
    /// </summary>
    public required string On { get; init; }

    /// <summary>What happens, for example <c>status:429;retry-after=7</c>. The list is in docs/emulator.md.</summary>
    public required string Do { get; init; }

    /// <summary>How many matching calls go well first.</summary>
    public int After { get; init; }

    /// <summary>How many calls it happens to; 0 for all.</summary>
    public int Times { get; init; } = 1;

    /// <summary>The share of matching calls it happens to, from 0 to 1, drawn from <see cref="Seed"/>.</summary>
    public double Chance { get; init; } = 1;

    /// <summary>Makes the draws of <see cref="Chance"/> repeatable.</summary>
    public long Seed { get; init; } = 1;
}
