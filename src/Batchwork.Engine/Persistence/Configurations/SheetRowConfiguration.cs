using Batchwork.Engine.Sheets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Batchwork.Engine.Persistence.Configurations;

internal sealed class SheetRowConfiguration : IEntityTypeConfiguration<SheetRow>
{
    public void Configure(EntityTypeBuilder<SheetRow> builder)
    {
        builder.HasKey(r => new { r.SheetId, r.Index });
        builder.Property(r => r.Cells).HasJsonConversion();
        builder.Property(r => r.Extra).HasJsonConversion();
        builder.Property(r => r.ReadProblem).HasJsonConversion();
        builder.Property(r => r.Problems).HasJsonConversion();
        builder.HasIndex(r => new { r.SheetId, r.Check });
        builder.HasOne<Sheet>().WithMany().HasForeignKey(r => r.SheetId);
    }
}
