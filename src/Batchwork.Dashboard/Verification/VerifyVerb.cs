using System.Globalization;
using Batchwork.Dashboard.Hosting;
using Batchwork.Engine.Hosting;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Verification;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Dashboard.Verification;

/// <summary><c>verify</c>: checks database, ledger and every picture of a data folder that nobody works in. Exit code 0 when all promises hold.</summary>
internal static class VerifyVerb
{
    /// <summary>Faults that are printed; one cause often has thousands of consequences.</summary>
    private const int MostPrinted = 50;

    public static async Task<int> RunAsync(IServiceProvider services, Terminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            services.GetRequiredService<EngineStartup>().Take();
        }
        catch (DataFolderInUseException)
        {
            await terminal.Error.WriteLineAsync("Batchwork is running with this data folder. Stop it and run this again: what is being written cannot be checked.");
            return 1;
        }

        if (await CannotCheckAsync(services, cancellationToken) is { } reason)
        {
            await terminal.Error.WriteLineAsync(reason);
            return 1;
        }

        var faults = 0;
        await foreach (var fault in services.GetRequiredService<IntegrityChecker>().CheckAsync(_ => { }, cancellationToken))
        {
            if (++faults <= MostPrinted)
            {
                await terminal.Error.WriteLineAsync($"{fault.Invariant}: {fault.Message}");
            }
        }

        if (faults > 0)
        {
            await terminal.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{faults:N0} {(faults == 1 ? "promise is" : "promises are")} broken. Nothing was changed."));
            return 1;
        }

        await terminal.Out.WriteLineAsync(await SummaryAsync(services, cancellationToken));
        return 0;
    }

    private static async Task<string?> CannotCheckAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var folder = services.GetRequiredService<DataFolder>();
        if (!File.Exists(folder.Database))
        {
            return $"There is no database in {folder.Root}. Is this the right data folder?";
        }

        await using var context = await services.GetRequiredService<IDbContextFactory<EngineDbContext>>().CreateDbContextAsync(cancellationToken);
        return await SqliteDatabase.IsCurrentAsync(context, cancellationToken)
            ? null
            : "The database was written by an older version of Batchwork. Start this version once, stop it, and run this again.";
    }

    private static async Task<string> SummaryAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var context = await services.GetRequiredService<IDbContextFactory<EngineDbContext>>().CreateDbContextAsync(cancellationToken);
        var (jobs, rows, pictures) = (await context.Jobs.CountAsync(cancellationToken), await context.JobRows.CountAsync(cancellationToken), await context.StoredImages.CountAsync(cancellationToken));
        return string.Create(CultureInfo.InvariantCulture, $"All promises hold: jobs {jobs:N0}, rows {rows:N0}, pictures {pictures:N0}.");
    }
}
