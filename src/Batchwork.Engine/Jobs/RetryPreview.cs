namespace Batchwork.Engine.Jobs;

/// <summary>What "Retry failed rows" would send.</summary>
/// <param name="Rows">Rows that would be sent again, see <see cref="RetryRule"/>.</param>
/// <param name="Images">Pictures these rows ask for.</param>
/// <param name="MicroUsd">What they were estimated to cost, by the job's average price of a picture; <see langword="null"/> when a price is not known.</param>
/// <param name="NeedChange">Failed rows that are left alone: sent as they are they would fail again.</param>
public sealed record RetryPreview(int Rows, long Images, long? MicroUsd, int NeedChange)
{
    /// <summary>Of the rows, those whose pictures are stored already for the same request: they can be used instead of paid for again, if a person wants that.</summary>
    public int Reusable { get; init; }

    public static RetryPreview Nothing { get; } = new(0, 0, 0, 0);
}
