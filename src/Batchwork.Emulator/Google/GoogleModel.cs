namespace Batchwork.Emulator.Google;

/// <summary>A model of this provider.</summary>
internal sealed record GoogleModel(string Id, string DisplayName)
{
    public DateOnly? ShutDown { get; init; }

    /// <summary>What to use instead once it is shut down.</summary>
    public string? Successor { get; init; }

    /// <summary>The sizes it makes, with the output tokens of a picture; the first is the usual one.</summary>
    public required IReadOnlyList<(string Size, int Tokens)> Sizes { get; init; }

    /// <summary>Whether a request may name a size at all.</summary>
    public bool TakesSize { get; init; } = true;

    public required IReadOnlyList<string> Ratios { get; init; }

    public bool Batches { get; init; } = true;

    public bool IsOffered(DateTimeOffset now) => ShutDown is not { } end || DateOnly.FromDateTime(now.UtcDateTime) < end;
}
