using Batchwork.Engine.Costs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Batchwork.Engine.Persistence.Configurations;

internal sealed class CostLineConfiguration : IEntityTypeConfiguration<CostLine>
{
    public void Configure(EntityTypeBuilder<CostLine> builder)
    {
        // A replayed answer costs nothing twice. No foreign keys: the money stays spent when the job is removed.
        builder.HasKey(l => new { l.RowId, l.TryNumber });
        builder.HasIndex(l => l.JobId);
        // A month is added up from this index alone, also while somebody waits to start a job.
        builder.HasIndex(l => new { l.WorkspaceId, l.Day, l.JobId, l.ConnectionId, l.MicroUsd, l.EstimateMicroUsd });
    }
}
