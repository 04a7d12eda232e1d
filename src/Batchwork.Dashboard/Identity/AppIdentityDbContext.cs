using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Dashboard.Identity;

/// <summary>Sign-in's own tables, in the engine's file but apart from its tables: the engine knows people by their plain id only.</summary>
public sealed class AppIdentityDbContext(DbContextOptions<AppIdentityDbContext> options) : IdentityUserContext<AppUser>(options)
{
    public const string HistoryTable = "__IdentityMigrations";

    // Fixed here and not by IdentityOptions, so that design-time tools see the same tables as the running app. Version 3 has room for passkeys.
    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;
}
