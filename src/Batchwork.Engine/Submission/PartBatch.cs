using System.Globalization;
using Batchwork.Adapters;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Submission;

/// <summary>Makes the library's batch of a part. The same part and tag give the same bytes each time.</summary>
internal sealed class PartBatch(IDbContextFactory<EngineDbContext> contexts, ProviderAdapters adapters)
{
    /// <summary>As long as OpenAI allows: results must outlive any trouble on our side.</summary>
    private static readonly TimeSpan s_outputExpiresAfter = TimeSpan.FromDays(30);

    public ValueTask<PreparedBatch> PrepareAsync(Job job, JobPart part, string tag, CancellationToken cancellationToken)
    {
        var adapter = adapters.Of(job.Provider);
        var batch = new ImageBatch
        {
            Model = new ModelId(job.Provider, job.Model).ToString(),
            Requests = new PartRequests(contexts, part.Id, part.RequestCount),
            Defaults = job.Defaults,
            Tag = tag,
            OutputExpiresAfter = s_outputExpiresAfter,
            Limits = new BatchLimits
            {
                MaxRequests = adapter.Capabilities.MaxRequests,
                MaxUploadBytes = adapter.Capabilities.MaxUploadBytes,
            },
            Metadata = adapter.Capabilities.HasMetadata
                ? new Dictionary<string, string>
                {
                    ["bw_job"] = job.Id.ToString("N"),
                    ["bw_part"] = part.Number.ToString(CultureInfo.InvariantCulture),
                }
                : null,
        };

        // Off the caller's context: it reads and hashes everything, synchronously underneath.
        return new ValueTask<PreparedBatch>(Task.Run(async () => await adapter.PrepareAsync(batch, cancellationToken), cancellationToken));
    }
}
