namespace Batchwork.CrashHarness.Scenarios;

/// <summary>Something a provider gets wrong, and what must come of it.</summary>
/// <param name="Id">Its number in the list of provider faults.</param>
/// <param name="On">On calls of this purpose; empty when only the rows' markers matter.</param>
/// <param name="Do">The fault, see docs/emulator.md.</param>
internal sealed record ProviderFault(string Id, string On, string Do)
{
    /// <summary>To how many calls in a row.</summary>
    public int Times { get; init; } = 1;

    /// <summary>A second fault at the same time, on every such call.</summary>
    public (string On, string Do)? And { get; init; }

    /// <summary>A marker in the prompts of the first, the middle and the last row.</summary>
    public string? Marker { get; init; }

    public int Images { get; init; } = 1;

    /// <summary>Whether rows may end without pictures although nothing is wrong with them.</summary>
    public bool MayFail { get; init; }

    /// <summary>Whether the job is cancelled when its batches exist.</summary>
    public bool Cancel { get; init; }

    /// <summary>How long new batches are missing from lists.</summary>
    public string ListLag { get; init; } = "0s";

    public string? OnlyAt { get; init; }

    public string? NotAt { get; init; }

    public static ProviderFault Row(string id, string marker) => new(id, string.Empty, string.Empty) { Marker = marker };

    public override string ToString() => On.Length == 0 ? $"{Id} {Marker}" : $"{Id} {On}: {Do}{(And is { } and ? $" and {and.On}: {and.Do}" : null)}";
}
