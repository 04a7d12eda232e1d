using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Batchwork.Dashboard.Health;

internal sealed class DatabaseHealth(IDbContextFactory<EngineDbContext> contexts) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var engine = await contexts.CreateDbContextAsync(cancellationToken);
        return await engine.Installations.AnyAsync(cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
    }
}
