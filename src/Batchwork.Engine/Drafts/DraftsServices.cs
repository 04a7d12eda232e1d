using Batchwork.Engine.Drafts.Checking;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Engine.Drafts;

internal static class DraftsServices
{
    public static IServiceCollection AddDrafts(this IServiceCollection services)
    {
        services.AddSingleton<CheckSettingsReader>();
        services.AddSingleton<DraftChecker>();
        services.AddSingleton<DraftWriter>();
        services.AddSingleton<DraftStart>();
        services.AddSingleton<DraftService>();
        services.AddSingleton<DraftOfRows>();
        services.AddSingleton<DraftRowService>();
        services.AddSingleton<DraftQueries>();
        return services;
    }
}
