namespace Batchwork.Dashboard.Identity;

/// <summary>Names of what happens to accounts. They are stored, so they are only ever added.</summary>
internal static class AccountEvents
{
    public const string SignedIn = "account.signed-in";
    public const string LockedOut = "account.locked-out";
    public const string NameChanged = "account.name-changed";
    public const string EmailChanged = "account.email-changed";
    public const string PasswordChanged = "account.password-changed";
    public const string PasswordReset = "account.password-reset";
    public const string ResetLinkMade = "account.reset-link-made";
    public const string SecondFactorOn = "account.second-factor-on";
    public const string SecondFactorOff = "account.second-factor-off";
    public const string SecondFactorReset = "account.second-factor-reset";
    public const string RecoveryCodesRenewed = "account.recovery-codes-renewed";
    public const string RecoveryCodeUsed = "account.recovery-code-used";
    public const string PasskeyAdded = "account.passkey-added";
    public const string PasskeyRemoved = "account.passkey-removed";
    public const string SessionEnded = "account.session-ended";
    public const string Disabled = "account.disabled";
    public const string Enabled = "account.enabled";
    public const string AdministratorMade = "account.administrator-made";
    public const string AdministratorUnmade = "account.administrator-unmade";
    public const string ProviderLinked = "account.provider-linked";
    public const string ProviderUnlinked = "account.provider-unlinked";
    public const string CreatedByProvider = "account.created-by-provider";

    /// <summary>Notes something.</summary>
    /// <param name="events">Where.</param>
    /// <param name="what">What.</param>
    /// <param name="account">With whose account.</param>
    /// <param name="by">Who did it; <see langword="null"/> when nobody is signed in.</param>
    /// <param name="cancellationToken">Cancels before it is noted.</param>
    public static Task WriteAsync(this IAccountEvents events, string what, AppUser account, string? by, CancellationToken cancellationToken) =>
        events.WriteAsync(what, account.Id, account.Name, by, cancellationToken);
}
