namespace Batchwork.Emulator.XAI;

/// <summary>A model of this provider.</summary>
internal sealed record XAIModel(string Id, DateOnly Since)
{
    public DateOnly? ShutDown { get; init; }

    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Prices of a picture in ticks of 1e-10 dollars; a model without qualities has one, unnamed.</summary>
    public required IReadOnlyDictionary<(string Quality, string Resolution), long> Prices { get; init; }

    public IEnumerable<string> Qualities => Prices.Keys.Select(price => price.Quality).Where(quality => quality.Length > 0).Distinct();

    public IEnumerable<string> Resolutions => Prices.Keys.Select(price => price.Resolution).Distinct();

    public bool IsOffered(DateTimeOffset now) => ShutDown is not { } end || DateOnly.FromDateTime(now.UtcDateTime) < end;
}
