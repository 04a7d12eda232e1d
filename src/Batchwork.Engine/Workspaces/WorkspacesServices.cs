using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Engine.Workspaces;

internal static class WorkspacesServices
{
    public static IServiceCollection AddWorkspaces(this IServiceCollection services)
    {
        services.AddSingleton<Memberships>();
        services.AddSingleton<WorkspaceService>();
        services.AddSingleton<MemberService>();
        services.AddSingleton<InvitationService>();
        services.AddSingleton<WorkspaceQueries>();
        services.AddSingleton<OverviewQueries>();
        return services;
    }
}
