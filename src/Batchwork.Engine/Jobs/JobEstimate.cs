namespace Batchwork.Engine.Jobs;

/// <summary>What a job will send and cost, with its arithmetic.</summary>
public sealed record JobEstimate
{
    public required int Requests { get; init; }

    public required long Images { get; init; }

    /// <summary>Batches at the provider.</summary>
    public required int Parts { get; init; }

    /// <summary>The lines of the sum: so many images at such a price.</summary>
    public required IReadOnlyList<PriceLine> Lines { get; init; }

    /// <summary>Images whose price is not known. Unknown is never counted as free.</summary>
    public long UnpricedImages => Lines.Where(l => l.MicroUsd is null).Sum(l => l.Images);

    /// <summary>The sum in millionths of a US dollar; <see langword="null"/> when no line has a price. Nothing costs nothing.</summary>
    public long? MicroUsd => Images == 0 ? 0 : Lines.Any(l => l.MicroUsd is not null) ? Lines.Sum(l => l.Images * (l.MicroUsd ?? 0)) : null;
}
