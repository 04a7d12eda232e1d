namespace Batchwork.Emulator.OpenAI;

/// <summary>A model of this provider.</summary>
/// <param name="Since">When it came out.</param>
/// <param name="ShutDown">When it is switched off, if that was announced.</param>
internal sealed record OpenAIModel(string Id, DateOnly Since, DateOnly? ShutDown = null)
{
    /// <summary>The sizes it makes; empty if it makes any that <see cref="ImageSize"/> allows.</summary>
    public IReadOnlyList<string> Sizes { get; init; } = [];

    /// <summary>Qualities, with the output tokens of a picture of 1024x1024.</summary>
    public required IReadOnlyDictionary<string, int> Qualities { get; init; }

    /// <summary>Whether the batch API takes it.</summary>
    public bool Batches { get; init; } = true;

    public bool IsOffered(DateTimeOffset now) => ShutDown is not { } end || DateOnly.FromDateTime(now.UtcDateTime) < end;
}
