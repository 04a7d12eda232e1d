using System.Buffers.Text;
using Batchwork.Dashboard.Identity.Sessions;
using Microsoft.AspNetCore.Identity;

namespace Batchwork.Dashboard.Identity;

/// <summary>Passkeys: the browser keeps a private key and shows with it, after a fingerprint or a PIN, that it is the person. That is two factors in one.</summary>
internal sealed class PasskeyService(
    UserManager<AppUser> users, SignInManager<AppUser> signIn, SignInService entrance, SessionService sessions, RecentProof proof, IAccountEvents events)
{
    public const int MostPasskeys = 20;
    public const int LongestName = 60;

    /// <summary>Begins to add one.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="sessionId">Their session.</param>
    /// <returns>What the browser needs to know, as JSON.</returns>
    public async Task<string> BeginAddAsync(string userId, Guid sessionId)
    {
        await proof.RequireAsync(sessionId, CancellationToken.None);
        var user = await FindAsync(userId);
        return await signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity { Id = user.Id, Name = user.Email ?? user.Id, DisplayName = user.Name });
    }

    /// <summary>Adds the one the browser made.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="sessionId">Their session.</param>
    /// <param name="credentialJson">The browser's answer.</param>
    /// <param name="name">How the person calls it.</param>
    /// <returns><see langword="false"/> when the answer does not hold or there are too many.</returns>
    public async Task<bool> AddAsync(string userId, Guid sessionId, string credentialJson, string name)
    {
        await proof.RequireAsync(sessionId, CancellationToken.None);
        var made = await signIn.PerformPasskeyAttestationAsync(credentialJson);
        var user = await FindAsync(userId);
        if (!made.Succeeded || made.UserEntity.Id != userId || (await users.GetPasskeysAsync(user)).Count >= MostPasskeys)
        {
            return false;
        }

        made.Passkey.Name = Tidy(name);
        return await NoteAsync(await users.AddOrUpdatePasskeyAsync(user, made.Passkey), AccountEvents.PasskeyAdded, user);
    }

    /// <summary>Begins a sign-in, or a proof.</summary>
    /// <returns>What the browser needs to know, as JSON. It is the same for everybody: it tells nothing about accounts.</returns>
    public Task<string> BeginEnterAsync() => signIn.MakePasskeyRequestOptionsAsync(null);

    /// <summary>Signs in with a passkey.</summary>
    /// <param name="credentialJson">The browser's answer.</param>
    /// <returns>Whether the person is signed in.</returns>
    public async Task<bool> EnterAsync(string credentialJson) =>
        await JudgeAsync(credentialJson) is { } user ? await entrance.EnterAsync(user, SignInMethod.Passkey) : entrance.RefuseOther("passkey not known or not shown well");

    /// <summary>Shows again that it is them.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="sessionId">Their session.</param>
    /// <param name="credentialJson">The browser's answer.</param>
    /// <returns>Whether it is them.</returns>
    public async Task<bool> ProveAsync(string userId, Guid sessionId, string credentialJson)
    {
        if ((await JudgeAsync(credentialJson))?.Id != userId)
        {
            return false;
        }

        await sessions.ProveAsync(sessionId, CancellationToken.None);
        return true;
    }

    /// <summary>Lists a person's passkeys, the oldest first.</summary>
    /// <param name="userId">The person.</param>
    /// <returns>The passkeys.</returns>
    public async Task<IReadOnlyList<PasskeyItem>> ListAsync(string userId) =>
        [.. (await users.GetPasskeysAsync(await FindAsync(userId)))
            .OrderBy(p => p.CreatedAt)
            .Select(p => new PasskeyItem(Base64Url.EncodeToString(p.CredentialId), p.Name ?? "Passkey", p.CreatedAt, p.IsBackedUp))];

    /// <summary>Gives one another name.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="id">The passkey.</param>
    /// <param name="name">How the person calls it.</param>
    /// <returns><see langword="false"/> when there is none.</returns>
    public async Task<bool> RenameAsync(string userId, string id, string name)
    {
        var user = await FindAsync(userId);
        if (await users.GetPasskeyAsync(user, IdOf(id)) is not { } passkey)
        {
            return false;
        }

        passkey.Name = Tidy(name);
        return (await users.AddOrUpdatePasskeyAsync(user, passkey)).Succeeded;
    }

    /// <summary>Removes one, unless it is the only way in.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="sessionId">Their session; all others end.</param>
    /// <param name="id">The passkey.</param>
    /// <returns><see langword="false"/> when there is none or the person could not sign in any more.</returns>
    public async Task<bool> RemoveAsync(string userId, Guid sessionId, string id)
    {
        await proof.RequireAsync(sessionId, CancellationToken.None);
        var user = await FindAsync(userId);
        var all = await users.GetPasskeysAsync(user);
        var credential = IdOf(id);
        if (!all.Any(p => p.CredentialId.AsSpan().SequenceEqual(credential)) || (all.Count == 1 && user.PasswordHash is null && (await users.GetLoginsAsync(user)).Count == 0))
        {
            return false;
        }

        var removed = await users.RemovePasskeyAsync(user, credential);
        if (removed.Succeeded)
        {
            await users.UpdateSecurityStampAsync(user);
            await sessions.KeepOnlyAsync(userId, sessionId, await users.GetSecurityStampAsync(user), CancellationToken.None);
        }

        return await NoteAsync(removed, AccountEvents.PasskeyRemoved, user);
    }

    /// <summary>Whose the answer is; the passkey's counter is kept, so that a copied key is noticed.</summary>
    private async Task<AppUser?> JudgeAsync(string credentialJson)
    {
        var shown = await signIn.PerformPasskeyAssertionAsync(credentialJson);
        return shown.Succeeded && (await users.AddOrUpdatePasskeyAsync(shown.User, shown.Passkey)).Succeeded ? shown.User : null;
    }

    private async Task<AppUser> FindAsync(string userId) =>
        await users.FindByIdAsync(userId) ?? throw new InvalidOperationException("The account of a person who is signed in is gone.");

    private async Task<bool> NoteAsync(IdentityResult result, string what, AppUser user)
    {
        if (result.Succeeded)
        {
            await events.WriteAsync(what, user, user.Id, CancellationToken.None);
        }

        return result.Succeeded;
    }

    private static string Tidy(string name)
    {
        var tidy = string.Concat(name.Where(c => !char.IsControl(c))).Trim();
        return tidy.Length == 0 ? "Passkey" : tidy.Length > LongestName ? tidy[..LongestName] : tidy;
    }

    private static byte[] IdOf(string id)
    {
        try
        {
            return Base64Url.DecodeFromChars(id);
        }
        catch (FormatException)
        {
            return [];
        }
    }
}
