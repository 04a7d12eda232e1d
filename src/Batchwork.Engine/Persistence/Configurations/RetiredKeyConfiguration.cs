using Batchwork.Engine.Connections;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Batchwork.Engine.Persistence.Configurations;

internal sealed class RetiredKeyConfiguration : IEntityTypeConfiguration<RetiredKey>
{
    public void Configure(EntityTypeBuilder<RetiredKey> builder)
    {
        builder.Property(k => k.Id).ValueGeneratedNever();
        builder.HasIndex(k => new { k.ConnectionId, k.Fingerprint }).IsUnique();
        builder.HasOne<Connection>().WithMany().HasForeignKey(k => k.ConnectionId).OnDelete(DeleteBehavior.Cascade);
    }
}
