using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Engine.Workspaces;

internal static class WorkspacesServices
{
    public static IServiceCollection AddWorkspaces(this IServiceCollection services)
    {
        services.AddSingleton<WorkspaceService>();
        services.AddSingleton<WorkspaceQueries>();
        services.AddSingleton<OverviewQueries>();
        services.AddSingleton<GroupRoles>();
        return services;
    }
}
