using Batchwork.Engine.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Batchwork.Engine.Persistence.Configurations;

internal sealed class JobRowConfiguration : IEntityTypeConfiguration<JobRow>
{
    public void Configure(EntityTypeBuilder<JobRow> builder)
    {
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Own).HasJsonConversion();
        builder.Property(r => r.Extra).HasJsonConversion();
        builder.Property(r => r.Usage).HasJsonConversion();
        builder.HasIndex(r => new { r.JobId, r.Index }).IsUnique();
        builder.HasIndex(r => new { r.JobId, r.CustomId }).IsUnique();
        // The ledger is counted and a state's rows are listed in order from this index alone.
        builder.HasIndex(r => new { r.JobId, r.State, r.Index, r.StoredImages });
        builder.HasIndex(r => new { r.PartId, r.State });
        // Finds pictures that need not be paid for again. Only stored rows are in it, so that starting a job does not write it.
        builder.HasIndex(r => new { r.WorkspaceId, r.RequestKey }).HasFilter($"State = {(int)RowState.Stored}");
        builder.HasOne<Job>().WithMany().HasForeignKey(r => r.JobId).OnDelete(DeleteBehavior.Cascade);
    }
}
