using Microsoft.AspNetCore.Identity;

namespace Batchwork.Dashboard.Identity;

/// <summary>Makes accounts, for set-up, invitations and the sign-in provider. Can be called from anywhere: it brings its own scope.</summary>
internal sealed class AccountService(IServiceScopeFactory scopes, TimeProvider time)
{
    /// <summary>Makes an account.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="cancellationToken">Cancels before it is made.</param>
    /// <returns>Whose account it is, or why there is none.</returns>
    public async Task<AccountResult> CreateAsync(NewAccount account, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(account.Email);
        ArgumentException.ThrowIfNullOrWhiteSpace(account.Name);
        cancellationToken.ThrowIfCancellationRequested();
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = new AppUser
        {
            Name = account.Name.Trim(),
            Email = account.Email.Trim(),
            UserName = account.Email.Trim(),
            EmailConfirmed = account.IsAddressProven,
            IsAdministrator = account.IsAdministrator,
            CreatedAt = time.GetUtcNow(),
        };
        var made = account.Password is null ? await users.CreateAsync(user) : await users.CreateAsync(user, account.Password);
        return made.Succeeded ? AccountResult.Done(user.Id) : AccountResult.Refused(made.Errors);
    }
}
