namespace Batchwork.Dashboard.Features.Account;

/// <summary>What a page says after something was done and the browser came back. Addresses carry the name only, so nobody can make a page say something else.</summary>
internal static class Notices
{
    public static string? Text(string? done) => done switch
    {
        "saved" => "Saved.",
        "password" => "Your password is changed. All other sessions were ended.",
        "session-ended" => "That session is ended. Its open pages are closed.",
        "sessions-ended" => "All other sessions are ended. Their open pages are closed.",
        "second-factor-off" => "The authenticator app is off.",
        "passkey-added" => "The passkey is added. You can sign in with it from now on.",
        "passkey-renamed" => "The passkey is renamed.",
        "passkey-removed" => "The passkey is removed. All other sessions were ended.",
        "linked" => "Your account is connected. You can sign in there from now on.",
        "unlinked" => "Your account is not connected any more. All other sessions were ended.",
        _ => null,
    };

    public static string? Fault(string? failed) => failed switch
    {
        "passkey" => "The passkey could not be added. Nothing was changed. Try again.",
        "passkey-last" => "This passkey is your only way to sign in. Set a password or add another passkey first.",
        "linked" => "The account there is connected to somebody else here, or its answer could not be trusted. Nothing was changed.",
        "unlinked" => "The provider is your only way to sign in. Set a password or add a passkey first.",
        _ => null,
    };
}
