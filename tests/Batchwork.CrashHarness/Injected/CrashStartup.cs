using Batchwork.Adapters;
using Batchwork.CrashHarness.Injected;
using Batchwork.Engine.Images;
using Batchwork.Engine.Persistence;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

[assembly: HostingStartup(typeof(CrashStartup))]

namespace Batchwork.CrashHarness.Injected;

/// <summary>
/// Adds the crash points to the unchanged app, from outside: watchers around what the app registers itself. It runs before the app's own registrations,
/// all of which give way to what is there already.
/// </summary>
public sealed class CrashStartup : IHostingStartup
{
    public void Configure(IWebHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.ConfigureServices(services =>
        {
            var plan = CrashPlan.FromEnvironment();
            services.AddSingleton(plan);
            services.AddSingleton<CrashTrigger>();
            services.AddSingleton(new LeapingTime(plan.ClockFile));
            services.AddSingleton<TimeProvider>(container => container.GetRequiredService<LeapingTime>());
            services.AddSingleton<CommitWatch>();
            services.AddSingleton<DefinitionWatch>();
            services.ConfigureDbContext<EngineDbContext>((container, options) =>
                options.AddInterceptors(container.GetRequiredService<CommitWatch>(), container.GetRequiredService<DefinitionWatch>()));
            services.AddSingleton<IHttpMessageHandlerBuilderFilter, CallWatch>();
            services.AddSingleton<IImageStore>(container => new WatchedImageStore(
                Real<IImageStore>(container, "Batchwork.Engine.Images.FolderImageStore"), container.GetRequiredService<CrashTrigger>()));
            services.AddSingleton<IThumbnailer>(container => new WatchedThumbnailer(
                Real<IThumbnailer>(container, "Batchwork.Engine.Images.VipsThumbnailer"), container.GetRequiredService<CrashTrigger>()));
            if (plan.MostRequests is { } most)
            {
                foreach (var provider in plan.Providers)
                {
                    services.AddKeyedSingleton<IBatchAdapter>(provider, (container, _) => SmallParts.Of(provider, most, container));
                }
            }

            services.AddHostedService<Driver>();
        });
    }

    // The app's own implementations are internal, as they should be.
    private static T Real<T>(IServiceProvider container, string type) =>
        (T)ActivatorUtilities.CreateInstance(container, typeof(IImageStore).Assembly.GetType(type, throwOnError: true)!);
}
