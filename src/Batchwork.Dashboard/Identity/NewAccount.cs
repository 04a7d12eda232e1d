namespace Batchwork.Dashboard.Identity;

/// <summary>An account to be made.</summary>
/// <param name="Email">The address they sign in with.</param>
/// <param name="Name">As others see them.</param>
internal sealed record NewAccount(string Email, string Name)
{
    /// <summary>Their password; <see langword="null"/> for people who sign in elsewhere.</summary>
    public string? Password { get; init; }

    /// <summary>Whether they run the installation.</summary>
    public bool IsAdministrator { get; init; }

    /// <summary>
    /// Whether the address is known to be theirs. An invitation's link shows that for nobody: whoever invited can read it too, and could make the account
    /// in another's name, wait until the other signs in with the sign-in provider, and share it with them.
    /// </summary>
    public required bool IsAddressProven { get; init; }
}
