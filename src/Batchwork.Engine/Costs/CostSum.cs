namespace Batchwork.Engine.Costs;

/// <summary>Some cost lines, added up. What is not known is counted, not guessed and never taken for nothing.</summary>
public sealed record CostSum
{
    public static CostSum Nothing { get; } = new();

    /// <summary>Tries of rows that were charged, or may have been.</summary>
    public int Rows { get; init; }

    /// <summary>What is known to have been charged, in millionths of a US dollar.</summary>
    public long MicroUsd { get; init; }

    /// <summary>Rows of which it is not known what they cost.</summary>
    public int UnknownRows { get; init; }

    /// <summary>Rows of which both cost and estimate are known: only these can be compared.</summary>
    public int ComparedRows { get; init; }

    /// <summary>What these were estimated to cost.</summary>
    public long ComparedEstimateMicroUsd { get; init; }

    /// <summary>What these did cost.</summary>
    public long ComparedMicroUsd { get; init; }

    /// <summary>How much more they cost than estimated, less than zero for less; <see langword="null"/> when nothing can be compared.</summary>
    public long? DifferenceMicroUsd => ComparedRows == 0 ? null : ComparedMicroUsd - ComparedEstimateMicroUsd;

    /// <summary>Adds two.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Their sum.</returns>
    public static CostSum operator +(CostSum left, CostSum right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new CostSum
        {
            Rows = left.Rows + right.Rows,
            MicroUsd = left.MicroUsd + right.MicroUsd,
            UnknownRows = left.UnknownRows + right.UnknownRows,
            ComparedRows = left.ComparedRows + right.ComparedRows,
            ComparedEstimateMicroUsd = left.ComparedEstimateMicroUsd + right.ComparedEstimateMicroUsd,
            ComparedMicroUsd = left.ComparedMicroUsd + right.ComparedMicroUsd,
        };
    }

    /// <inheritdoc cref="op_Addition"/>
    public static CostSum Add(CostSum left, CostSum right) => left + right;
}
