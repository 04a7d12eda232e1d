using Batchwork.Engine.Collection;
using Batchwork.Engine.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Batchwork.Engine.Persistence.Configurations;

internal sealed class UnmatchedResultConfiguration : IEntityTypeConfiguration<UnmatchedResult>
{
    public void Configure(EntityTypeBuilder<UnmatchedResult> builder)
    {
        builder.Property(u => u.Id).ValueGeneratedNever();
        builder.Property(u => u.Images).HasJsonConversion();
        builder.HasIndex(u => new { u.PartId, u.Place }).IsUnique();
        builder.HasIndex(u => u.JobId);
        builder.HasOne<JobPart>().WithMany().HasForeignKey(u => u.PartId).OnDelete(DeleteBehavior.Cascade);
    }
}
