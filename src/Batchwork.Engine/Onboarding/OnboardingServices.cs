using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Engine.Onboarding;

internal static class OnboardingServices
{
    public static IServiceCollection AddOnboarding(this IServiceCollection services) => services
        .AddSingleton<ChecklistService>()
        .AddSingleton<DemoDataService>();
}
