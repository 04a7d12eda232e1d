using Microsoft.AspNetCore.Identity;

namespace Batchwork.Dashboard.Identity;

/// <summary>Makes accounts, for set-up, invitations and the sign-in provider. Can be called from anywhere: it brings its own scope.</summary>
internal sealed class AccountService(IServiceScopeFactory scopes, TimeProvider time)
{
    /// <summary>Makes the account of a person whose address is known to be theirs: they followed a link sent to it, or whoever asks vouches for it.</summary>
    /// <param name="email">The address they sign in with.</param>
    /// <param name="name">As others see them.</param>
    /// <param name="password">Their password; <see langword="null"/> for people who sign in elsewhere.</param>
    /// <param name="cancellationToken">Cancels before it is made.</param>
    /// <returns>Whose account it is, or why there is none.</returns>
    public Task<AccountResult> CreateAsync(string email, string name, string? password, CancellationToken cancellationToken) =>
        CreateAsync(email, name, password, isAdministrator: false, cancellationToken);

    /// <summary>Makes an account.</summary>
    /// <param name="email">The address they sign in with.</param>
    /// <param name="name">As others see them.</param>
    /// <param name="password">Their password; <see langword="null"/> for people who sign in elsewhere.</param>
    /// <param name="isAdministrator">Whether they run the installation.</param>
    /// <param name="cancellationToken">Cancels before it is made.</param>
    /// <returns>Whose account it is, or why there is none.</returns>
    public async Task<AccountResult> CreateAsync(string email, string name, string? password, bool isAdministrator, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(email);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        cancellationToken.ThrowIfCancellationRequested();
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = new AppUser
        {
            Name = name.Trim(),
            Email = email.Trim(),
            UserName = email.Trim(),
            EmailConfirmed = true,
            IsAdministrator = isAdministrator,
            CreatedAt = time.GetUtcNow(),
        };
        var made = password is null ? await users.CreateAsync(user) : await users.CreateAsync(user, password);
        return made.Succeeded ? AccountResult.Done(user.Id) : AccountResult.Refused(made.Errors);
    }
}
