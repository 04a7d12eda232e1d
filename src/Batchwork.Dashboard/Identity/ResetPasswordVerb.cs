using System.Security.Cryptography;
using Batchwork.Dashboard.Hosting;
using Batchwork.Dashboard.Identity.SecondFactor;
using Batchwork.Engine.Hosting;
using Microsoft.AspNetCore.Identity;

namespace Batchwork.Dashboard.Identity;

/// <summary><c>reset-password E-MAIL</c>: helps who is locked out. Whoever can run it can read the data folder, so it asks for nothing else.</summary>
internal static class ResetPasswordVerb
{
    // Without look-alikes: it will be typed from a screen. 20 of 31 are 99 bits.
    private const string Letters = "23456789abcdefghjkmnpqrstuvwxyz";

    public static async Task<int> RunAsync(IServiceProvider services, string[] args, Terminal terminal, CancellationToken cancellationToken)
    {
        if (args is not [{ Length: > 0 } email, ..])
        {
            await terminal.Error.WriteLineAsync("Whose password? Use: reset-password E-MAIL");
            return 2;
        }

        try
        {
            await DashboardRun.PrepareDataAsync(services, cancellationToken);
        }
        catch (DataFolderInUseException)
        {
            await terminal.Error.WriteLineAsync("Batchwork is running with this data folder. Stop it, run this again, and start it afterwards.");
            return 1;
        }

        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        if (await users.FindByEmailAsync(email) is not { } user)
        {
            await terminal.Error.WriteLineAsync($"Nobody signs in with {email} here. Is this the right data folder ({services.GetRequiredService<DataFolder>().Root})?");
            return 1;
        }

        await terminal.Out.WriteAsync("New password (leave it empty to have one made): ");
        var typed = terminal.ReadSecret();
        var made = string.IsNullOrEmpty(typed) ? RandomNumberGenerator.GetString(Letters, 20) : null;
        if (await SetAsync(users, user, made ?? typed!) is { Length: > 0 } faults)
        {
            return await EndAsync(terminal.Error, $"The password was not changed. {faults}", 1);
        }

        if (user.TwoFactorEnabled)
        {
            await ForgetSecondFactorAsync(scope.ServiceProvider, users, user, cancellationToken);
            await terminal.Out.WriteLineAsync("The authenticator app is forgotten, too: the password alone signs in until another is set up.");
        }

        return await EndAsync(terminal.Out, made is null ? "The password is changed." : $"The password is now: {made}", 0);
    }

    /// <summary>Sets a password, opens a locked account and ends all its sessions.</summary>
    /// <returns>Why the password is not fit; empty when it is set.</returns>
    private static async Task<string> SetAsync(UserManager<AppUser> users, AppUser user, string password)
    {
        var result = await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), password);
        if (!result.Succeeded)
        {
            return string.Join(' ', result.Errors.Select(e => e.Description));
        }

        await users.SetLockoutEndDateAsync(user, null);
        await users.ResetAccessFailedCountAsync(user);
        return string.Empty;
    }

    // Whoever lost both has nobody else to ask, and who runs this can read the data folder anyway.
    private static async Task ForgetSecondFactorAsync(IServiceProvider services, UserManager<AppUser> users, AppUser user, CancellationToken cancellationToken)
    {
        await users.SetTwoFactorEnabledAsync(user, false);
        await services.GetRequiredService<AuthenticatorService>().RemoveAsync(user.Id, cancellationToken);
        await services.GetRequiredService<RecoveryCodes>().RemoveAsync(user.Id, cancellationToken);
    }

    private static async Task<int> EndAsync(TextWriter writer, string sentence, int code)
    {
        await writer.WriteLineAsync(sentence);
        return code;
    }
}
