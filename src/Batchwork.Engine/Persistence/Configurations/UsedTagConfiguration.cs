using Batchwork.Engine.Restoring;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Batchwork.Engine.Persistence.Configurations;

internal sealed class UsedTagConfiguration : IEntityTypeConfiguration<UsedTag>
{
    public void Configure(EntityTypeBuilder<UsedTag> builder)
    {
        builder.HasKey(t => t.Tag);
        builder.HasIndex(t => t.At);
    }
}
