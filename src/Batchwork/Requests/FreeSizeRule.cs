namespace Batchwork;

/// <summary>Bounds of free pixel sizes.</summary>
/// <param name="MultipleOf">Both edges are multiples of this.</param>
/// <param name="MaxRatio">Longer edge over shorter edge, at most.</param>
/// <param name="MaxLongEdge">Longer edge, at most.</param>
/// <param name="MaxShortEdge">Shorter edge, at most.</param>
public sealed record FreeSizeRule(int MultipleOf, double MaxRatio, int MaxLongEdge, int MaxShortEdge);
