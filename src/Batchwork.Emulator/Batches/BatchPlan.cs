using Batchwork.Emulator.Files;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Batches;

/// <summary>In which order the requests of a batch end, and how: the same each time it is worked out.</summary>
internal sealed class BatchPlan
{
    private readonly int[] _order;
    private readonly int[] _failedBefore;

    public BatchPlan(BatchRecord batch, InputLine[] lines)
    {
        Lines = lines;
        _order = [.. Enumerable.Range(0, lines.Length)];
        if (!batch.IsInline)
        {
            SeededRandom.From(batch.Seed, batch.Id).Shuffle<int>(_order);
        }

        // A stable sort: what never ends goes to the back, the rest keeps its order.
        _order = [.. _order.OrderBy(request => lines[request].Outcome == LineOutcome.NeverEnds)];
        _failedBefore = new int[lines.Length + 1];
        for (var place = 0; place < lines.Length; place++)
        {
            _failedBefore[place + 1] = _failedBefore[place] + (Fails(batch, _order[place]) ? 1 : 0);
        }
    }

    public InputLine[] Lines { get; }

    /// <summary>The number of the request that ends at a place.</summary>
    public int RequestAt(int place) => _order[place];

    /// <summary>The place at which a request ends.</summary>
    public int PlaceOf(int request) => Array.IndexOf(_order, request);

    /// <summary>How many of the requests that ended first ended with an error.</summary>
    public int FailedOf(int done) => _failedBefore[done];

    private bool Fails(BatchRecord batch, int request) => Lines[request].Outcome switch
    {
        LineOutcome.Fails => true,
        LineOutcome.Flaky => !batch.Settled.Contains(request),
        _ => false,
    };
}
