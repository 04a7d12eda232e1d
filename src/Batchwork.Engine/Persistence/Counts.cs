using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Persistence;

internal static class Counts
{
    /// <summary>
    /// Counts by a key, in the database. A query that ends in <c>GroupBy</c> itself brings every row of every group, tracked, to be counted here: closing a
    /// part of 50,000 rows took 90 MiB for one sentence.
    /// </summary>
    public static Task<Dictionary<TKey, int>> CountByAsync<T, TKey>(this IQueryable<T> source, Expression<Func<T, TKey>> key, CancellationToken cancellationToken)
        where TKey : notnull =>
        source.GroupBy(key).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
}
