using Batchwork.Engine.Images;

namespace Batchwork.Engine.Collection;

/// <summary>Results that are made durable together: one flush to disk and one transaction for many pictures.</summary>
internal sealed class CollectedGroup(TimeProvider time) : IAsyncDisposable
{
    private const int MostResults = 500;
    private const long MostBytes = 64L * 1024 * 1024;

    /// <summary>Open temporary files are bounded too.</summary>
    private const int MostPictures = 64;

    /// <summary>However little arrives, people see it after a second.</summary>
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(1);

    private readonly long _began = time.GetTimestamp();
    private readonly List<CollectedResult> _results = [];
    private long _bytes;
    private int _pictures;

    public IReadOnlyList<CollectedResult> Results => _results;

    public IEnumerable<ReceivedPicture> Pictures => _results.SelectMany(r => r.Pictures);

    public bool IsFull =>
        _results.Count >= MostResults || _bytes >= MostBytes || _pictures >= MostPictures
        || (_results.Count > 0 && time.GetElapsedTime(_began) >= s_longestWait);

    public void Add(BatchResult result, ResultMatch match)
    {
        var collected = new CollectedResult(result, match);
        _results.Add(collected);
        _pictures += collected.Pictures.Count;
        _bytes += collected.Pictures.Sum(p => p.Length);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var picture in Pictures)
        {
            await picture.DisposeAsync();
        }
    }
}
