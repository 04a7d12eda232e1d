using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Batchwork.Engine.Persistence.Configurations;

internal sealed class StoredImageConfiguration : IEntityTypeConfiguration<StoredImage>
{
    public void Configure(EntityTypeBuilder<StoredImage> builder)
    {
        builder.Property(i => i.Id).ValueGeneratedNever();
        // A replayed result stores nothing twice.
        builder.HasIndex(i => new { i.RowId, i.TryNumber, i.Index }).IsUnique();
        builder.HasIndex(i => new { i.JobId, i.RowIndex, i.TryNumber, i.Index });
        // The latest of a job, and how many bytes a job has, without reading the pictures' rows.
        builder.HasIndex(i => new { i.JobId, i.StoredAt, i.RowIndex, i.Bytes }).IsDescending(false, true, false, false);
        builder.HasIndex(i => i.Sha256);
        builder.HasIndex(i => new { i.WorkspaceId, i.StoredAt });
        // What the thumbnail worker takes next: the newest job first, within it from its first row on.
        builder.HasIndex(i => new { i.JobId, i.RowIndex, i.Index }).IsDescending(true, false, false).HasFilter($"Thumbnail = {(int)ThumbnailState.Pending}");
        builder.HasOne<JobRow>().WithMany().HasForeignKey(i => i.RowId).OnDelete(DeleteBehavior.Cascade);
    }
}
