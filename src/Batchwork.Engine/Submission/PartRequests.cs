using System.Collections;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Submission;

/// <summary>
/// A part's requests in the order of the sheet, read from the database a page at a time: a part of 50,000 rows costs no more memory than a
/// small one. Read in order, each page is read once a pass.
/// </summary>
internal sealed class PartRequests(IDbContextFactory<EngineDbContext> contexts, Guid partId, int count) : IReadOnlyList<ImageRequest>
{
    private const int PageSize = 1_000;

    private List<ImageRequest> _page = [];
    private int _pageStart = -1;
    private int _lastRowIndex = -1;

    public int Count => count;

    public ImageRequest this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
            var start = index - (index % PageSize);
            if (start != _pageStart)
            {
                Load(start);
            }

            return _page[index - start];
        }
    }

    public IEnumerator<ImageRequest> GetEnumerator()
    {
        for (var i = 0; i < count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Load(int start)
    {
        using var context = contexts.CreateDbContext();
        var rows = context.JobRows.AsNoTracking().Where(r => r.PartId == partId).OrderBy(r => r.Index);

        // The next page is sought by its key; only a jump has to count its way there.
        var isNext = start == _pageStart + PageSize;
        var page = (isNext ? rows.Where(r => r.Index > _lastRowIndex) : rows.Skip(start))
            .Take(PageSize)
            .Select(r => new { r.Index, r.CustomId, r.Prompt, r.Own })
            .ToList();

        _pageStart = start;
        _lastRowIndex = page.Count > 0 ? page[^1].Index : -1;
        _page = page.ConvertAll(r => new ImageRequest
        {
            CustomId = r.CustomId,
            Prompt = r.Prompt,
            N = r.Own.N,
            Size = r.Own.Size,
            AspectRatio = r.Own.AspectRatio,
            Seed = r.Own.Seed,
            ProviderOptions = r.Own.ProviderOptions,
        });
    }
}
