namespace Batchwork.Engine.Jobs;

/// <summary>The part of a long list that a page shows.</summary>
/// <typeparam name="T">What it is a list of.</typeparam>
/// <param name="Items">The items, from <paramref name="Offset"/> on.</param>
/// <param name="Offset">Items before the first one.</param>
/// <param name="Total">Items in the whole list.</param>
public sealed record Window<T>(IReadOnlyList<T> Items, int Offset, int Total);
