using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Dashboard.Identity.SecondFactor;

/// <summary>The authenticator apps of people. Secrets are sealed with the key ring, the purpose names the person.</summary>
internal sealed class AuthenticatorService(IDbContextFactory<AppIdentityDbContext> contexts, IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>Makes a secret for a person to scan. It is kept by the form and stored when a first code shows that the app has it.</summary>
    /// <param name="userId">The person.</param>
    /// <returns>The secret, sealed.</returns>
    public string NewSecret(string userId) => Convert.ToBase64String(Protector(userId).Protect(RandomNumberGenerator.GetBytes(OneTimeCodes.SecretBytes)));

    /// <summary>Opens a sealed secret.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="sealedSecret">The secret, sealed.</param>
    /// <returns>The secret; <see langword="null"/> when it is not theirs or the key ring is another.</returns>
    public byte[]? Open(string userId, string sealedSecret)
    {
        try
        {
            return Protector(userId).Unprotect(Convert.FromBase64String(sealedSecret));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Whether a person has an authenticator app.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns><see langword="true"/> when they have.</returns>
    public async Task<bool> HasAsync(string userId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Authenticators.AnyAsync(a => a.UserId == userId, cancellationToken);
    }

    /// <summary>Stores a secret whose first code was given; another one the person had is gone.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="sealedSecret">The secret, sealed.</param>
    /// <param name="code">A code of it.</param>
    /// <param name="cancellationToken">Cancels before it is stored.</param>
    /// <returns><see langword="false"/> when the code does not belong to it.</returns>
    public async Task<bool> StoreAsync(string userId, string sealedSecret, string code, CancellationToken cancellationToken)
    {
        if (Open(userId, sealedSecret) is not { } secret || OneTimeCodes.FindStep(secret, code, time.GetUtcNow()) is not { } step)
        {
            return false;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Authenticators.FindAsync([userId], cancellationToken) is { } stored)
        {
            (stored.SealedSecret, stored.LastStep) = (sealedSecret, step);
        }
        else
        {
            context.Authenticators.Add(new Authenticator { UserId = userId, SealedSecret = sealedSecret, LastStep = step });
        }

        await context.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>Takes a code, once: of two who send the same code at the same moment, one is refused.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="code">The code.</param>
    /// <param name="cancellationToken">Cancels before it is taken.</param>
    /// <returns>Whether it was right and new.</returns>
    public async Task<bool> TakeAsync(string userId, string code, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var stored = await context.Authenticators.AsNoTracking().FirstOrDefaultAsync(a => a.UserId == userId, cancellationToken);
        return stored is not null
            && Open(userId, stored.SealedSecret) is { } secret
            && OneTimeCodes.FindStep(secret, code, time.GetUtcNow()) is { } step
            && await context.Authenticators
                .Where(a => a.UserId == userId && a.SealedSecret == stored.SealedSecret && a.LastStep < step)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.LastStep, step), cancellationToken) == 1;
    }

    /// <summary>Forgets a person's app.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="cancellationToken">Cancels before it is forgotten.</param>
    public async Task RemoveAsync(string userId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Authenticators.Where(a => a.UserId == userId).ExecuteDeleteAsync(cancellationToken);
    }

    private IDataProtector Protector(string userId) => protection.CreateProtector("Batchwork.Identity.Authenticator.v1", userId);
}
