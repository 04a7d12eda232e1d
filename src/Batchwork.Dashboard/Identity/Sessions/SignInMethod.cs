namespace Batchwork.Dashboard.Identity.Sessions;

/// <summary>How a person showed that it is them.</summary>
public enum SignInMethod
{
    Password = 0,
    Passkey = 1,

    /// <summary>The sign-in provider of the settings (OpenID Connect).</summary>
    Provider = 2,
}
