using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Engine.Costs;

internal static class CostsServices
{
    public static IServiceCollection AddCosts(this IServiceCollection services) => services
        .AddSingleton<BudgetService>()
        .AddSingleton<CostQueries>()
        .AddSingleton<CostExport>();
}
