using Batchwork.Engine.Costs;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Batchwork.Engine.Persistence.Configurations;

internal sealed class BudgetConfiguration : IEntityTypeConfiguration<Budget>
{
    public void Configure(EntityTypeBuilder<Budget> builder)
    {
        builder.HasKey(b => b.SubjectId);
        builder.Property(b => b.SubjectId).ValueGeneratedNever();
        builder.HasIndex(b => b.WorkspaceId);
        builder.HasOne<Workspace>().WithMany().HasForeignKey(b => b.WorkspaceId);
    }
}
