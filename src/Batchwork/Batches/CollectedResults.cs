using System.Collections;

namespace Batchwork;

/// <summary>All results of a batch. Disposing it disposes them, and their temporary files vanish.</summary>
public sealed class CollectedResults : IReadOnlyList<BatchResult>, IAsyncDisposable
{
    private readonly List<BatchResult> _results = [];

    /// <inheritdoc/>
    public int Count => _results.Count;

    /// <inheritdoc/>
    public BatchResult this[int index] => _results[index];

    /// <inheritdoc/>
    public IEnumerator<BatchResult> GetEnumerator() => _results.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var result in _results)
        {
            await result.DisposeAsync().ConfigureAwait(false);
        }
    }

    internal void Add(BatchResult result) => _results.Add(result);
}
