using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

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
        services.AddSingleton<GroupRoles>();
        services.TryAddSingleton<ISessionProofs, NoSessionProofs>();
        return services;
    }
}
