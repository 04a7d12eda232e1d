using Batchwork.Engine.Costs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Batchwork.Engine.Persistence.Configurations;

internal sealed class PurgedJobConfiguration : IEntityTypeConfiguration<PurgedJob>
{
    public void Configure(EntityTypeBuilder<PurgedJob> builder)
    {
        builder.Property(j => j.Id).ValueGeneratedNever();
        builder.HasIndex(j => j.WorkspaceId);
    }
}
