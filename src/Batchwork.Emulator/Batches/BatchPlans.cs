using Batchwork.Emulator.Files;

namespace Batchwork.Emulator.Batches;

/// <summary>The plans of the batches asked for last.</summary>
internal sealed class BatchPlans(FileStore files)
{
    private const int Kept = 8;
    private readonly Lock _lock = new();
    private readonly LinkedList<(string Id, BatchPlan Plan)> _plans = new();

    public async Task<BatchPlan> GetAsync(BatchRecord batch, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            for (var node = _plans.First; node is not null; node = node.Next)
            {
                if (node.Value.Id == batch.Id)
                {
                    _plans.Remove(node);
                    _plans.AddFirst(node);
                    return node.Value.Plan;
                }
            }
        }

        var plan = new BatchPlan(batch, await InputIndex.ReadAsync(files.IndexOf(batch.InputFileId), cancellationToken));
        lock (_lock)
        {
            _plans.AddFirst((batch.Id, plan));
            if (_plans.Count > Kept)
            {
                _plans.RemoveLast();
            }
        }

        return plan;
    }
}
