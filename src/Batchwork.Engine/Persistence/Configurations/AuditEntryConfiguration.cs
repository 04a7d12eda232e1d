using Batchwork.Engine.Auditing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Batchwork.Engine.Persistence.Configurations;

/// <summary>Without foreign keys: an entry stays whatever becomes of what it tells of.</summary>
internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.HasIndex(e => new { e.WorkspaceId, e.At });
        builder.HasIndex(e => e.At);
    }
}
