namespace Batchwork.Dashboard.Features.Operations;

/// <summary>Pages for those who run the installation.</summary>
internal static class OperationsFeature
{
    public static IServiceCollection AddOperationsPages(this IServiceCollection services) => services.AddScoped<OperationsCommands>();
}
