using Batchwork.Engine.Images;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Engine.Verification;

internal static class VerificationServices
{
    /// <summary>Adds the checks in the order of running: what is cheap and breaks everything else first; the pictures come last.</summary>
    public static IServiceCollection AddVerification(this IServiceCollection services)
    {
        services.AddSingleton<IIntegrityCheck, DatabaseCheck>();
        services.AddSingleton<IIntegrityCheck, SubmissionCheck>();
        services.AddSingleton<IIntegrityCheck, LedgerCheck>();
        services.AddSingleton<IIntegrityCheck, ProgressCheck>();
        services.AddSingleton<IIntegrityCheck, SecretCheck>();
        services.AddSingleton(provider => new IntegrityChecker(
            provider.GetRequiredService<IDbContextFactory<EngineDbContext>>(),
            provider.GetServices<IIntegrityCheck>(),
            new PictureCheck(provider.GetRequiredService<IImageStore>())));
        services.AddSingleton<IntegrityService>();
        services.AddHostedService(provider => provider.GetRequiredService<IntegrityService>());
        return services;
    }
}
