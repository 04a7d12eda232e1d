using Batchwork.Engine.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Batchwork.Engine.Persistence.Configurations;

internal sealed class JobPartConfiguration : IEntityTypeConfiguration<JobPart>
{
    public void Configure(EntityTypeBuilder<JobPart> builder)
    {
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Checkpoints).HasJsonConversion();
        builder.Property(p => p.Failure).HasJsonConversion();
        builder.HasIndex(p => new { p.JobId, p.Number }).IsUnique();
        builder.Property(p => p.DuplicateBatchIds).HasJsonConversion();
        builder.HasIndex(p => p.NextCheckAt);
        builder.HasIndex(p => p.CleanUpAt).HasFilter("CleanUpAt IS NOT NULL");
        // The same batch is never linked twice.
        builder.HasIndex(p => new { p.ConnectionId, p.BatchId }).IsUnique();
        builder.HasOne<Job>().WithMany().HasForeignKey(p => p.JobId).OnDelete(DeleteBehavior.Cascade);
    }
}
