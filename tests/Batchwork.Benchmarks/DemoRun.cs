using System.Diagnostics;
using Batchwork.Emulator;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Hosting;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Workspaces;
using Batchwork.Http;
using Batchwork.Testing.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Batchwork.Benchmarks;

/// <summary>The engine with all its workers, clock and schedule, and the demo connection as the app has it: the demo sheet from Run to Done.</summary>
internal static class DemoRun
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);

    public static async Task<(TimeSpan Took, int Images)> MeasureAsync(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var emulator = await InMemoryEmulator.StartAsync(new EmulatorSettings { StateFolder = Path.Combine(folder.Path, "demo") }, TimeProvider.System, cancellationToken);
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration["Batchwork:DataFolder"] = folder.Path;
        builder.Services.AddBatchwork();
        builder.Services.AddSingleton<IKeySealer, FakeKeySealer>();
        builder.Services.AddKeyedSingleton<IBatchTransport>(DemoConnection.Transport, (_, _) => BatchTransport.Over(emulator.CreateHandler()));
        builder.Services.AddEngine(builder.Configuration);
        using var host = builder.Build();
        await host.Services.GetRequiredService<EngineStartup>().PrepareAsync(cancellationToken);
        await host.StartAsync(cancellationToken);
        try
        {
            var services = host.Services;
            var workspace = await services.GetRequiredService<WorkspaceService>().CreateFirstAsync("ana", "Studio", "studio", cancellationToken);
            var ana = new Actor("ana", "Ana", workspace.Id, Role.Owner);
            var draftId = await services.GetRequiredService<DraftService>().CreateDemoAsync(ana, cancellationToken);
            await services.GetRequiredService<DraftRowService>().SkipErrorsAsync(ana, draftId, cancellationToken);

            var began = Stopwatch.GetTimestamp();
            var jobId = await services.GetRequiredService<JobStarter>().RunAsync(ana, draftId, cancellationToken);
            while (true)
            {
                var job = await services.GetRequiredService<JobQueries>().GetAsync(ana, jobId, cancellationToken);
                if (job!.Summary.State is JobState.Done or JobState.DoneWithProblems)
                {
                    return (Stopwatch.GetElapsedTime(began), job.Images);
                }

                await Task.Delay(s_look, TimeProvider.System, cancellationToken);
            }
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }
}
