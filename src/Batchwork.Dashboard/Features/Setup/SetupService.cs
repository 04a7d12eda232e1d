using Batchwork.Dashboard.Identity;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Dashboard.Features.Setup;

/// <summary>Makes the administrator, exactly once.</summary>
internal sealed partial class SetupService(
    AccountService accounts,
    IDbContextFactory<AppIdentityDbContext> contexts,
    FirstPerson firstPerson,
    WorkspaceService workspaces,
    DemoConnections demos,
    ILogger<SetupService> logger) : IDisposable
{
    // One process works in a data folder, so one lock in it decides every race between two visitors.
    private readonly SemaphoreSlim _one = new(1);

    public void Dispose() => _one.Dispose();

    /// <summary>Makes the administrator and the first workspace.</summary>
    /// <param name="administrator">Who.</param>
    /// <param name="cancellationToken">Cancels before anything is made.</param>
    /// <returns>What came of it.</returns>
    public async Task<SetupResult> CreateAdministratorAsync(NewAdministrator administrator, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (await firstPerson.ExistsAsync(cancellationToken))
            {
                return SetupResult.AlreadyDone;
            }

            var made = await accounts.CreateAsync(
                new NewAccount(administrator.Email, administrator.Name) { Password = administrator.Password, IsAdministrator = true, IsAddressProven = true },
                cancellationToken);
            if (made.UserId is null)
            {
                return SetupResult.Refused(made.Errors);
            }

            LogMade();
            await PrepareWorkspaceAsync(made.UserId);
            return SetupResult.Made(made.UserId);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Makes the first workspace if an earlier set-up was cut off between the person and the workspace.</summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var administrator = await context.Users.Where(u => u.IsAdministrator).OrderBy(u => u.Id).Select(u => u.Id).FirstOrDefaultAsync(cancellationToken);
        if (administrator is not null && !await workspaces.AnyAsync(cancellationToken))
        {
            await PrepareWorkspaceAsync(administrator);
        }
    }

    // Not cancelled half-way: the person exists, so the workspace must.
    private async Task PrepareWorkspaceAsync(string userId)
    {
        var first = await workspaces.CreateFirstAsync(userId, WorkspaceService.FirstName, WorkspaceService.FirstSlug, CancellationToken.None);
        await demos.EnsureAsync(first.Id, CancellationToken.None);
    }

    [LoggerMessage(6000, LogLevel.Information, "Set-up is done: the administrator was created.")]
    private partial void LogMade();
}
