using Batchwork.Dashboard.Identity.Provider;
using Batchwork.Dashboard.Identity.SecondFactor;
using Batchwork.Dashboard.Identity.Sessions;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Batchwork.Dashboard.Identity;

/// <summary>Sign-in's own tables, in the engine's file but apart from its tables: the engine knows people by their plain id only.</summary>
public sealed class AppIdentityDbContext(DbContextOptions<AppIdentityDbContext> options) : IdentityUserContext<AppUser>(options)
{
    public const string HistoryTable = "__IdentityMigrations";

    public DbSet<SignInSession> Sessions => Set<SignInSession>();

    public DbSet<Authenticator> Authenticators => Set<Authenticator>();

    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    public DbSet<ResetLink> ResetLinks => Set<ResetLink>();

    public DbSet<ProviderRole> ProviderRoles => Set<ProviderRole>();

    // Fixed here and not by IdentityOptions, so that design-time tools see the same tables as the running app. Version 3 has room for passkeys.
    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    protected override void OnModelCreating(ModelBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        base.OnModelCreating(builder);
        builder.Entity<SignInSession>(session =>
        {
            session.ToTable("SignInSessions");
            session.HasOne<AppUser>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
            SortableTime(session.Property(s => s.CreatedAt));
            SortableTime(session.Property(s => s.SeenAt));
            SortableTime(session.Property(s => s.ProvedAt));
        });
        builder.Entity<Authenticator>(authenticator =>
        {
            authenticator.ToTable("Authenticators");
            authenticator.HasKey(a => a.UserId);
            authenticator.HasOne<AppUser>().WithOne().HasForeignKey<Authenticator>(a => a.UserId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<RecoveryCode>(code =>
        {
            code.ToTable("RecoveryCodes");
            code.HasKey(c => new { c.UserId, c.Hash });
            code.HasOne<AppUser>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<ResetLink>(link =>
        {
            link.ToTable("ResetLinks");
            link.HasKey(l => l.Hash);
            link.HasOne<AppUser>().WithMany().HasForeignKey(l => l.UserId).OnDelete(DeleteBehavior.Cascade);
            SortableTime(link.Property(l => l.ExpiresAt));
        });
        builder.Entity<ProviderRole>(role =>
        {
            role.ToTable("ProviderRoles");
            role.HasKey(r => new { r.UserId, r.WorkspaceId });
            role.HasOne<AppUser>().WithMany().HasForeignKey(r => r.UserId).OnDelete(DeleteBehavior.Cascade);
        });
    }

    // SQLite cannot compare or order DateTimeOffset as text; milliseconds since 1970 sort as they should.
    private static void SortableTime(PropertyBuilder<DateTimeOffset> property) =>
        property.HasConversion(time => time.ToUnixTimeMilliseconds(), stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));
}
