using Batchwork.Engine.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Batchwork.Engine.Persistence.Configurations;

internal sealed class JobConfiguration : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> builder)
    {
        builder.Property(j => j.Id).ValueGeneratedNever();
        builder.Property(j => j.Defaults).HasJsonConversion();
        builder.Property(j => j.Estimate).HasJsonConversion();
        builder.Property(j => j.TokenPrices).HasJsonConversion();
        builder.HasIndex(j => new { j.WorkspaceId, j.CreatedAt });
        builder.HasIndex(j => new { j.WorkspaceId, j.State });
        // One draft becomes one job, whatever is clicked twice.
        builder.HasIndex(j => j.DraftId).IsUnique();
    }
}
