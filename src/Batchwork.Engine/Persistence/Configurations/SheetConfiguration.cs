using Batchwork.Engine.Sheets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Batchwork.Engine.Persistence.Configurations;

internal sealed class SheetConfiguration : IEntityTypeConfiguration<Sheet>
{
    public void Configure(EntityTypeBuilder<Sheet> builder)
    {
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Columns).HasJsonConversion();
        builder.Property(s => s.Notices).HasJsonConversion();
        builder.HasIndex(s => new { s.WorkspaceId, s.Sha256 });
    }
}
