using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Engine.Auditing;

internal static class AuditingServices
{
    public static IServiceCollection AddAuditing(this IServiceCollection services)
    {
        services.AddSingleton<AuditLog>();
        services.AddSingleton<AuditQueries>();
        return services;
    }
}
