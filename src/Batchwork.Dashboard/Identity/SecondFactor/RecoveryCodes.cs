using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Dashboard.Identity.SecondFactor;

/// <summary>Codes for whoever lost the authenticator app: ten at a time, 120 bits each, kept as hashes, each good for one sign-in.</summary>
internal sealed class RecoveryCodes(IDbContextFactory<AppIdentityDbContext> contexts)
{
    public const int Count = 10;

    // 32 letters without look-alikes: they are written down by hand. 24 of them are 120 bits, so a plain hash keeps them: a stolen one is not guessed.
    private const string Letters = "23456789abcdefghjkmnpqrstuvwxyz0";
    private const int Length = 24;
    private const int Group = 4;

    /// <summary>Makes new codes; the old ones are worthless from now on.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="cancellationToken">Cancels before they are made.</param>
    /// <returns>The codes. This is the only time anybody can read them.</returns>
    public async Task<IReadOnlyList<string>> RenewAsync(string userId, CancellationToken cancellationToken)
    {
        var codes = Enumerable.Range(0, Count).Select(_ => RandomNumberGenerator.GetString(Letters, Length)).ToList();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.RecoveryCodes.Where(c => c.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        context.RecoveryCodes.AddRange(codes.Select(code => new RecoveryCode { UserId = userId, Hash = HashOf(code) }));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return [.. codes.Select(Spaced)];
    }

    /// <summary>Takes a code, once.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="code">The code, with or without dashes.</param>
    /// <param name="cancellationToken">Cancels before it is taken.</param>
    /// <returns>Whether it was one of theirs.</returns>
    public async Task<bool> TakeAsync(string userId, string code, CancellationToken cancellationToken)
    {
        var hash = HashOf(string.Concat(code.Where(char.IsAsciiLetterOrDigit)));
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.RecoveryCodes.Where(c => c.UserId == userId && c.Hash == hash).ExecuteDeleteAsync(cancellationToken) == 1;
    }

    /// <summary>How many are left.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The number.</returns>
    public async Task<int> CountAsync(string userId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.RecoveryCodes.CountAsync(c => c.UserId == userId, cancellationToken);
    }

    /// <summary>Forgets all codes of a person.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="cancellationToken">Cancels before they are forgotten.</param>
    public async Task RemoveAsync(string userId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.RecoveryCodes.Where(c => c.UserId == userId).ExecuteDeleteAsync(cancellationToken);
    }

#pragma warning disable CA1308 // The codes are lower case by definition.
    private static string HashOf(string code) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(code.ToLowerInvariant())));
#pragma warning restore CA1308

    private static string Spaced(string code) => string.Join('-', code.Chunk(Group).Select(part => new string(part)));
}
