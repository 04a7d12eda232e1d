using Batchwork.Engine.Auditing;
using Batchwork.Engine.Collection;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Costs;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Restoring;
using Batchwork.Engine.Sheets;
using Batchwork.Engine.Submission;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Persistence;

/// <summary>The engine's tables. Made by a factory for each unit of work; never held by a page or a circuit.</summary>
public sealed class EngineDbContext(DbContextOptions<EngineDbContext> options) : DbContext(options)
{
    public DbSet<Workspace> Workspaces => Set<Workspace>();

    public DbSet<Member> Members => Set<Member>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<Connection> Connections => Set<Connection>();

    public DbSet<RetiredKey> RetiredKeys => Set<RetiredKey>();

    public DbSet<Sheet> Sheets => Set<Sheet>();

    public DbSet<SheetRow> SheetRows => Set<SheetRow>();

    public DbSet<Draft> Drafts => Set<Draft>();

    public DbSet<Job> Jobs => Set<Job>();

    public DbSet<JobRow> JobRows => Set<JobRow>();

    public DbSet<JobPart> JobParts => Set<JobPart>();

    public DbSet<SubmissionAttempt> SubmissionAttempts => Set<SubmissionAttempt>();

    public DbSet<StoredImage> StoredImages => Set<StoredImage>();

    public DbSet<UnmatchedResult> UnmatchedResults => Set<UnmatchedResult>();

    public DbSet<Activity> Activities => Set<Activity>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<Installation> Installations => Set<Installation>();

    public DbSet<CostLine> CostLines => Set<CostLine>();

    public DbSet<Budget> Budgets => Set<Budget>();

    public DbSet<PurgedJob> PurgedJobs => Set<PurgedJob>();

    public DbSet<UsedTag> UsedTags => Set<UsedTag>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(EngineDbContext).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // SQLite cannot compare or order DateTimeOffset as text; milliseconds since 1970 sort as they should.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMillisecondsConverter>();
    }
}
