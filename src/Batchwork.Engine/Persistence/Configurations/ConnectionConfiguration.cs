using Batchwork.Engine.Connections;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Batchwork.Engine.Persistence.Configurations;

internal sealed class ConnectionConfiguration : IEntityTypeConfiguration<Connection>
{
    public void Configure(EntityTypeBuilder<Connection> builder)
    {
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.UsableBy).HasDefaultValue(Role.Creator).HasSentinel(Role.Creator);
        builder.Ignore(c => c.WhyPaused);
        builder.HasIndex(c => c.WorkspaceId);
        // A workspace has one demo, whoever asks for it at the same moment.
        builder.HasIndex(c => new { c.WorkspaceId, c.Provider }, "IX_Connections_Demo").IsUnique().HasFilter("IsDemo = 1");
        builder.HasOne<Workspace>().WithMany().HasForeignKey(c => c.WorkspaceId);
    }
}
