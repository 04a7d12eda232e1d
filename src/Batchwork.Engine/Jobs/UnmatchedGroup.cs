using Batchwork.Engine.Collection;

namespace Batchwork.Engine.Jobs;

/// <summary>Results of one kind that belong to no row.</summary>
/// <param name="Kind">Why they belong to none.</param>
/// <param name="Count">How many.</param>
/// <param name="Examples">The first of them, at most 3.</param>
public sealed record UnmatchedGroup(UnmatchedKind Kind, int Count, IReadOnlyList<UnmatchedExample> Examples);
