using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Engine.Sheets;

internal static class SheetsServices
{
    public static IServiceCollection AddSheets(this IServiceCollection services)
    {
        services.AddSingleton<SheetStore>();
        services.AddSingleton<SheetService>();
        return services;
    }
}
