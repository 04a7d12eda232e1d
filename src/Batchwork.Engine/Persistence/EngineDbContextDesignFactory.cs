using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Batchwork.Engine.Persistence;

/// <summary>Lets <c>dotnet ef migrations add</c> make the context without a host. Never used at run time.</summary>
internal sealed class EngineDbContextDesignFactory : IDesignTimeDbContextFactory<EngineDbContext>
{
    public EngineDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<EngineDbContext>().UseSqlite("Data Source=design-time.db").Options);
}
