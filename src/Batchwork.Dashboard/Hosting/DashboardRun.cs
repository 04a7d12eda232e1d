using Batchwork.Dashboard.Features.Setup;
using Batchwork.Dashboard.Health;
using Batchwork.Dashboard.Identity;
using Batchwork.Dashboard.Verification;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Hosting;
using Batchwork.Engine.Persistence;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Dashboard.Hosting;

/// <summary>What the program does: serve, or one of the verbs of the command line.</summary>
internal static partial class DashboardRun
{
    /// <summary>Does what the command line asks for.</summary>
    /// <param name="app">The built app.</param>
    /// <param name="args">The command line.</param>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunDashboardAsync(this WebApplication app, string[] args)
    {
        var terminal = app.Services.GetRequiredService<Terminal>();
        try
        {
            return args switch
            {
                ["health", ..] => await HealthVerb.RunAsync(app.Configuration, terminal, CancellationToken.None),
                ["reset-password", ..] => await ResetPasswordVerb.RunAsync(app.Services, args[1..], terminal, CancellationToken.None),
                ["verify", ..] => await VerifyVerb.RunAsync(app.Services, terminal, CancellationToken.None),
                [[not '-' and not '/', ..] unknown, ..] => await RefuseAsync(unknown, terminal),
                _ => await ServeAsync(app),
            };
        }
        catch (Exception e) when (StartFailure.Explain(e) is { } sentence)
        {
            await terminal.Error.WriteLineAsync(sentence);
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
        UseSpoolForUploads(services.GetRequiredService<DataFolder>());
        await services.GetRequiredService<EngineStartup>().PrepareAsync(cancellationToken);
        await using var identity = await services.GetRequiredService<IDbContextFactory<AppIdentityDbContext>>().CreateDbContextAsync(cancellationToken);
        await SqliteDatabase.MigrateAsync(identity, cancellationToken);
    }

    private static async Task<int> ServeAsync(WebApplication app)
    {
        await PrepareDataAsync(app.Services, CancellationToken.None);
        await app.Services.GetRequiredService<FirstStart>().RunAsync(CancellationToken.None);
        await app.Services.GetRequiredService<RemovedKeys>().DestroyAsync(CancellationToken.None);
        await app.StartAsync();
        LogReady(app.Logger, ServerAddress.Of(app.Services.GetRequiredService<IServer>()), app.Services.GetRequiredService<DataFolder>().Root);
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task<int> RefuseAsync(string unknown, Terminal terminal)
    {
        await terminal.Error.WriteLineAsync($"Batchwork does not know '{unknown}'. It knows 'health', 'verify' and 'reset-password E-MAIL'; without any it serves.");
        return 2;
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

    [LoggerMessage(6200, LogLevel.Information, "Batchwork is ready at {Address}. Its data is in {Folder}")]
    private static partial void LogReady(ILogger logger, string address, string folder);
}
