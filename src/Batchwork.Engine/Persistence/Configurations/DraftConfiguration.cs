using Batchwork.Engine.Drafts;
using Batchwork.Engine.Sheets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Batchwork.Engine.Persistence.Configurations;

internal sealed class DraftConfiguration : IEntityTypeConfiguration<Draft>
{
    public void Configure(EntityTypeBuilder<Draft> builder)
    {
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.Defaults).HasJsonConversion();
        builder.Property(d => d.Check).HasJsonConversion();
        builder.Property(d => d.Undo).HasJsonConversion();
        builder.Property(d => d.Revision).IsConcurrencyToken();
        builder.HasIndex(d => new { d.WorkspaceId, d.UpdatedAt });
        builder.HasOne<Sheet>().WithMany().HasForeignKey(d => d.SheetId);
    }
}
