namespace Batchwork.Engine.Jobs;

/// <summary>How much of a draft need not be paid for again.</summary>
/// <param name="Rows">Rows whose pictures are stored already for the same request.</param>
/// <param name="Images">Pictures these rows ask for.</param>
public sealed record ReusePreview(int Rows, long Images)
{
    public static ReusePreview Nothing { get; } = new(0, 0);
}
