namespace Batchwork.Dashboard.Features.Setup;

internal static class SetupFeature
{
    public static IServiceCollection AddSetup(this IServiceCollection services)
    {
        services.AddOptions<SetupOptions>().BindConfiguration(SetupOptions.SectionName);
        services.AddSingleton<SetupCode>();
        services.AddSingleton<SetupService>();
        services.AddSingleton<FirstStart>();
        services.AddHostedService<SetupAnnouncement>();
        return services;
    }
}
