using Batchwork.Engine.Jobs;
using Batchwork.Engine.Submission;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Batchwork.Engine.Persistence.Configurations;

internal sealed class SubmissionAttemptConfiguration : IEntityTypeConfiguration<SubmissionAttempt>
{
    public void Configure(EntityTypeBuilder<SubmissionAttempt> builder)
    {
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.HasIndex(a => a.Tag).IsUnique();
        builder.HasIndex(a => new { a.PartId, a.Number }).IsUnique();
        // At most one attempt of a part is alive: states before Rejected.
        builder.HasIndex(a => a.PartId).IsUnique().HasFilter($"State < {(int)AttemptState.Rejected}");
        builder.HasOne<JobPart>().WithMany().HasForeignKey(a => a.PartId).OnDelete(DeleteBehavior.Cascade);
    }
}
