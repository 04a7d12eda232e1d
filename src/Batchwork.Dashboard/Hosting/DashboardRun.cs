using Batchwork.Dashboard.Features.Setup;
using Batchwork.Dashboard.Identity;
using Batchwork.Engine.Hosting;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Dashboard.Hosting;

/// <summary>From a built app to its end: data folder, tables, set-up, then serving.</summary>
internal static class DashboardRun
{
    /// <summary>Runs the app until it is told to stop.</summary>
    /// <param name="app">The app.</param>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunDashboardAsync(this WebApplication app)
    {
        try
        {
            await PrepareDataAsync(app.Services, CancellationToken.None);
            await app.Services.GetRequiredService<FirstStart>().RunAsync(CancellationToken.None);
            await app.StartAsync();
            await app.Services.GetRequiredService<SetupAnnouncement>().WriteAsync(CancellationToken.None);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception e) when (StartFailure.Explain(e) is { } sentence)
        {
            await app.Services.GetRequiredService<Terminal>().Error.WriteLineAsync(sentence);
            return 1;
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    /// <summary>Takes the data folder and brings all tables in it up to date.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="cancellationToken">Cancels before the next step.</param>
    public static async Task PrepareDataAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var folder = services.GetRequiredService<DataFolder>();
        UseSpoolForUploads(folder);
        await services.GetRequiredService<EngineStartup>().PrepareAsync(cancellationToken);
        await using var identity = await services.GetRequiredService<IDbContextFactory<AppIdentityDbContext>>().CreateDbContextAsync(cancellationToken);
        await SqliteDatabase.MigrateAsync(identity, cancellationToken);
    }

    /// <summary>ASP.NET Core spools larger form bodies to the system's temporary folder, which may be small, read-only or not ours.</summary>
    private static void UseSpoolForUploads(DataFolder folder)
    {
        const string Variable = "ASPNETCORE_TEMP";
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)))
        {
            Environment.SetEnvironmentVariable(Variable, folder.Spool);
        }
    }
}
