namespace Batchwork.Engine.Operations;

/// <summary>How busy a kind of work is.</summary>
/// <param name="Lane">Its name for people.</param>
/// <param name="Busy">Parts in work.</param>
/// <param name="Places">Parts that may be in work at the same time.</param>
public sealed record LaneLoad(string Lane, int Busy, int Places);
