using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Clock;
using Batchwork.Emulator.Control;
using Batchwork.Emulator.Faults;
using Batchwork.Emulator.Files;
using Batchwork.Emulator.Google;
using Batchwork.Emulator.Ledger;
using Batchwork.Emulator.OpenAI;
using Batchwork.Emulator.Pictures;
using Batchwork.Emulator.Results;
using Batchwork.Emulator.Serving;
using Batchwork.Emulator.Storage;
using Batchwork.Emulator.XAI;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Batchwork.Emulator;

/// <summary>Puts the emulator into an application.</summary>
public static class EmulatorRegistration
{
    /// <summary>Registers the emulator. Its time is the registered <see cref="TimeProvider"/>, or the system's if there is none.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddEmulator(this IServiceCollection services, Action<EmulatorSettings>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var settings = new EmulatorSettings();
        configure?.Invoke(settings);
        return services.AddEmulator(settings);
    }

    internal static IServiceCollection AddEmulator(this IServiceCollection services, EmulatorSettings settings)
    {
        if (settings.Problems() is { Count: > 0 } problems)
        {
            throw new ArgumentException($"The emulator's settings cannot be used: {string.Join("; ", problems)}.", nameof(settings));
        }

        services.AddRouting();
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(settings)
            .AddSingleton(_ => new EmulatorFolder(settings.StateFolder))
            .AddSingleton(provider => new EmulatorClock(Required<TimeProvider>(provider), Required<EmulatorFolder>(provider)))
            .AddSingleton(provider => new EmulatorLedger(Required<EmulatorFolder>(provider), Required<RequestCounts>(provider)))
            .AddSingleton(_ => new FaultScript())
            .AddSingleton<RequestCounts>()
            .AddSingleton<SettingsStore>()
            .AddSingleton<FileStore>()
            .AddSingleton<BatchStore>()
            .AddSingleton<BatchPlans>()
            .AddSingleton<FlakyMemory>()
            .AddSingleton<PictureMill>()
            .AddSingleton<ResultWriter>()
            .AddSingleton<ResultsOnDisk>()
            .AddSingleton<ResultFiles>()
            .AddSingleton<ResultsAhead>()
            .AddSingleton<BatchRegister>()
            .AddSingleton<Retention>()
            .AddSingleton<OperationGate>()
            .AddSingleton<KeyRing>()
            .AddOpenAISurface()
            .AddGoogleSurface()
            .AddXAISurface();
    }

    /// <summary>Maps the providers' APIs and the control endpoints, and takes up what the state folder holds.</summary>
    /// <param name="routes">The application's routes.</param>
    /// <returns>All endpoints, for conventions such as a host name.</returns>
    public static IEndpointConventionBuilder MapEmulator(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        TakeUp(routes.ServiceProvider);
        var all = routes.MapGroup("");
        all.MapOpenAISurface();
        all.MapGoogleSurface();
        all.MapXAISurface();
        all.MapControlSurface();
        return all;
    }

    // Types whose constructors are internal are not made by the container.
    private static T Required<T>(IServiceProvider services)
        where T : notnull => services.GetRequiredService<T>();

    private static void TakeUp(IServiceProvider services)
    {
        var (files, batches) = (Required<FileStore>(services), Required<BatchStore>(services));
        Required<EmulatorLedger>(services).Heal(
        [
            .. files.All.Where(file => file.Part == FilePart.Input).Select(LedgerEntries.For),
            .. batches.All.Select(batch => LedgerEntries.For(batch, files.Record(batch.InputFileId))),
            .. batches.All.Where(batch => batch.CancelSequence is not null).Select(LedgerEntries.ForCancel),
        ]);
        Required<Retention>(services).Sweep();
    }
}
