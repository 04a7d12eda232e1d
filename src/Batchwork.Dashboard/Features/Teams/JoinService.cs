using Batchwork.Dashboard.Identity;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Identity;

namespace Batchwork.Dashboard.Features.Teams;

/// <summary>Turns an invitation's link into a member: somebody with an account joins, somebody without makes one.</summary>
internal sealed partial class JoinService(
    AccountService accounts, UserManager<AppUser> users, SignInManager<AppUser> signIn, InvitationService invitations, ILogger<JoinService> logger)
{
    /// <summary>Whether there is an account with an address.</summary>
    /// <param name="email">The address.</param>
    /// <returns><see langword="true"/> when whoever has it must sign in.</returns>
    public async Task<bool> HasAccountAsync(string email) => await users.FindByEmailAsync(email) is not null;

    /// <summary>The address of an account.</summary>
    /// <param name="userId">The person.</param>
    /// <returns>The address as it is now, not as the cookie has it.</returns>
    public async Task<string?> EmailOfAsync(string userId) => (await users.FindByIdAsync(userId))?.Email;

    /// <summary>Lets somebody in who is signed in.</summary>
    /// <param name="person">Who.</param>
    /// <param name="token">The link's secret.</param>
    /// <param name="cancellationToken">Cancels before it is done.</param>
    /// <returns>The workspace; <see langword="null"/> when the link does not work for them.</returns>
    public async Task<WorkspaceSummary?> JoinAsync(Person person, string token, CancellationToken cancellationToken) =>
        await EmailOfAsync(person.UserId) is { } email ? await invitations.AcceptAsync(person, email, token, cancellationToken) : null;

    /// <summary>Makes an account for the invitation's address, lets the person in and signs them in.</summary>
    /// <param name="invitation">The invitation.</param>
    /// <param name="token">The link's secret.</param>
    /// <param name="form">Name and password.</param>
    /// <param name="origin">From where.</param>
    /// <param name="cancellationToken">Cancels before anything is made.</param>
    /// <returns>The workspace, or what is wrong with the form; neither when the link was used or revoked meanwhile.</returns>
    public async Task<(WorkspaceSummary? Workspace, IReadOnlyList<IdentityError> Errors)> CreateAndJoinAsync(
        InvitationView invitation, string token, JoinForm form, Origin origin, CancellationToken cancellationToken)
    {
        var made = await accounts.CreateAsync(new NewAccount(invitation.Email, form.Name) { Password = form.Password, IsAddressProven = false }, cancellationToken);
        if (made.UserId is not { } userId)
        {
            return (null, made.Errors);
        }

        // Not cancelled half-way: the account is there, so it must become a member or go again.
        var user = (await users.FindByIdAsync(userId))!;
        var workspace = await invitations.AcceptAsync(new Person(user.Id, user.Name, origin), invitation.Email, token, CancellationToken.None);
        if (workspace is null)
        {
            await users.DeleteAsync(user);
            return (null, []);
        }

        LogJoined(user.Id);
        await signIn.SignInAsync(user, isPersistent: true);
        return (workspace, []);
    }

    [LoggerMessage(6201, LogLevel.Information, "An invitation made the account {UserId}")]
    private partial void LogJoined(string userId);
}
