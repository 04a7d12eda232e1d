using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Batchwork.Dashboard.Identity;

/// <summary>Lets <c>dotnet ef migrations add</c> make the context without a host. Never used at run time.</summary>
internal sealed class AppIdentityDbContextDesignFactory : IDesignTimeDbContextFactory<AppIdentityDbContext>
{
    public AppIdentityDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<AppIdentityDbContext>()
            .UseSqlite("Data Source=design-time.db", sqlite => sqlite.MigrationsHistoryTable(AppIdentityDbContext.HistoryTable))
            // The model depends on IdentityOptions (length of keys), which the context takes from here.
            .UseApplicationServiceProvider(new ServiceCollection().AddIdentityRoom().BuildServiceProvider())
            .Options);
}
