namespace Batchwork.Dashboard.Identity;

/// <summary>An account as administrators read it.</summary>
/// <param name="Id">The person.</param>
/// <param name="Name">Their name.</param>
/// <param name="Email">The address they sign in with.</param>
/// <param name="IsAdministrator">Whether they run the installation.</param>
/// <param name="IsDisabled">Whether they may not sign in.</param>
/// <param name="HasSecondFactor">Whether they use an authenticator app.</param>
/// <param name="HasPassword">Whether they have a password here.</param>
/// <param name="Passkeys">How many passkeys they have.</param>
/// <param name="SeenAt">Their latest request in a session that was not ended.</param>
internal sealed record PersonItem(
    string Id, string Name, string Email, bool IsAdministrator, bool IsDisabled, bool HasSecondFactor, bool HasPassword, int Passkeys, DateTimeOffset? SeenAt);
