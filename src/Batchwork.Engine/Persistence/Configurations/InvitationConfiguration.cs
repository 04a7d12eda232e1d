using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Batchwork.Engine.Persistence.Configurations;

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.HasIndex(i => i.TokenSha256).IsUnique();
        builder.HasIndex(i => i.WorkspaceId);
        builder.HasOne<Workspace>().WithMany().HasForeignKey(i => i.WorkspaceId);
    }
}
