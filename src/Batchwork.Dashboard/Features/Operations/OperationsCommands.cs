using Batchwork.Dashboard.Identity;
using Batchwork.Engine.Operations;
using Batchwork.Engine.Restoring;
using Batchwork.Engine.Verification;
using Batchwork.Engine.Workspaces;

namespace Batchwork.Dashboard.Features.Operations;

/// <summary>What administrators do on these pages. Each call finds out again whether they still are.</summary>
public sealed class OperationsCommands(Administrators administrators, SystemQueries system, SafeModeService safeMode, IntegrityService integrity)
{
    /// <summary>Reads how the installation is.</summary>
    /// <param name="userId">Who asks.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The report; <see langword="null"/> for who is no administrator any more.</returns>
    public async Task<SystemReport?> ReadAsync(string userId, CancellationToken cancellationToken) =>
        await administrators.FindAsync(userId, cancellationToken) is { } administrator ? await system.ReadAsync(administrator, cancellationToken) : null;

    /// <summary>The integrity check that runs or ran last, for who has read the report.</summary>
    public IntegrityRun? Check => integrity.Run;

    /// <summary>Begins or stops an integrity check.</summary>
    /// <param name="userId">Who asks.</param>
    /// <param name="start">Whether to begin one.</param>
    /// <param name="cancellationToken">Cancels the question who asks.</param>
    /// <returns>Whether the person may.</returns>
    public async Task<bool> CheckAsync(string userId, bool start, CancellationToken cancellationToken)
    {
        if (await administrators.FindAsync(userId, cancellationToken) is not { } administrator)
        {
            return false;
        }

        // Whether one ran already or had ended is seen on the page.
        _ = start ? integrity.Start(administrator) : integrity.Cancel(administrator);
        return true;
    }

    /// <summary>Reads what would be sent if safe mode ended.</summary>
    /// <param name="userId">Who asks.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>What waits; <see langword="null"/> for who is no administrator.</returns>
    public async Task<UnsentWork?> ReadUnsentAsync(string userId, CancellationToken cancellationToken) =>
        await administrators.FindAsync(userId, cancellationToken) is { } administrator ? await safeMode.ReadUnsentAsync(administrator, cancellationToken) : null;

    /// <summary>Ends safe mode.</summary>
    /// <param name="userId">Who says so.</param>
    /// <param name="origin">From where.</param>
    /// <param name="answer">What this installation is.</param>
    /// <param name="cancellationToken">Cancels before it is ended.</param>
    /// <returns>Whether the person may.</returns>
    public async Task<bool> ConfirmAsync(string userId, Origin? origin, SafeModeAnswer answer, CancellationToken cancellationToken)
    {
        if (await administrators.FindAsync(userId, cancellationToken) is not { } administrator)
        {
            return false;
        }

        await safeMode.ConfirmAsync(administrator with { Origin = origin }, answer, cancellationToken);
        return true;
    }
}
