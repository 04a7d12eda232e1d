using Batchwork.Engine.Connections;
using Batchwork.Engine.Hosting;
using Batchwork.Http;

namespace Batchwork.Dashboard.Hosting;

/// <summary>The way from the Demo connection to the emulator in this process. Program.cs says how one is started; nothing else here knows it.</summary>
internal static class DemoTransport
{
    /// <summary>Registers the way.</summary>
    /// <param name="services">The services.</param>
    /// <param name="start">Starts the emulator, with the folder for its state.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddDemo(this IServiceCollection services, Func<string, TimeProvider, CancellationToken, Task<StartedDemo>> start)
    {
        services.AddSingleton(provider => new DemoHandler(async cancellationToken =>
        {
            var folder = provider.GetRequiredService<DataFolder>();
            return await start(folder.Demo, provider.GetRequiredService<TimeProvider>(), cancellationToken);
        }));
        services.AddKeyedSingleton<IBatchTransport>(
            DemoConnection.Transport,
            (provider, _) => BatchTransport.Over(provider.GetRequiredService<DemoHandler>(), time: provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
